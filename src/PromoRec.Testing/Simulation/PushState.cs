namespace PromoRec.Testing.Simulation;

/// <summary>What pushing has done so far: budgets used, offers redeemed, customers tired.</summary>
internal sealed class PushState
{
    private const int Remembered = 8;

    private readonly int[] _budgetLeft;
    private readonly int[] _redeemed;
    private readonly byte[] _redeemedNext;
    private readonly float[] _fatigue;
    private readonly long[] _lastPush;

    public PushState(ShopWorld shop)
    {
        _budgetLeft = new int[shop.Offers.Count];
        for (int offer = 0; offer < _budgetLeft.Length; offer++)
        {
            _budgetLeft[offer] = shop.Offers[offer].Budget ?? int.MaxValue;
        }

        _redeemed = new int[shop.Customers.Count * Remembered];
        Array.Fill(_redeemed, -1);
        _redeemedNext = new byte[shop.Customers.Count];
        _fatigue = new float[shop.Customers.Count];
        _lastPush = new long[shop.Customers.Count];
    }

    /// <summary>Whether an offer has budget left and is not one that the customer redeemed lately.</summary>
    public bool Allows(int customer, int offer) =>
        _budgetLeft[offer] > 0 && !_redeemed.AsSpan(customer * Remembered, Remembered).Contains(offer);

    /// <summary>Sum over earlier pushes of e to the power of minus their age in weeks.</summary>
    public double Fatigue(int customer, long ms) =>
        _fatigue[customer] > 0 ? _fatigue[customer] * PortableMath.Exp(-(ms - _lastPush[customer]) / (7.0 * ShopClock.DayMs)) : 0;

    public void NotePush(int customer, long ms)
    {
        _fatigue[customer] = (float)(Fatigue(customer, ms) + 1);
        _lastPush[customer] = ms;
    }

    public void NoteRedemption(int customer, int offer)
    {
        _budgetLeft[offer]--;
        _redeemed[(customer * Remembered) + _redeemedNext[customer]] = offer;
        _redeemedNext[customer] = (byte)((_redeemedNext[customer] + 1) % Remembered);
    }
}
