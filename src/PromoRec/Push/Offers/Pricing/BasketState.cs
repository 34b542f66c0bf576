namespace PromoRec.Push.Offers.Pricing;

/// <summary>A basket while offers are applied to it, one after the other.</summary>
internal sealed class BasketState
{
    private readonly decimal[] _lines;
    private readonly bool[] _isReduced;

    public BasketState(Basket basket)
    {
        Basket = basket;
        Goods = basket.Amount;
        Shipping = basket.Shipping;
        _lines = [.. basket.Lines.Select(static line => line.Amount)];
        _isReduced = new bool[_lines.Length];
    }

    public Basket Basket { get; }

    /// <summary>What each line costs now.</summary>
    public ReadOnlySpan<decimal> Lines => _lines;

    /// <summary>What all goods cost now.</summary>
    public decimal Goods { get; private set; }

    /// <summary>What the delivery costs now.</summary>
    public decimal Shipping { get; private set; }

    /// <summary>Whether an offer for items has reduced a line.</summary>
    public bool IsReduced(int line) => _isReduced[line];

    public void Apply(Reduction reduction, bool isForItems)
    {
        for (int i = 0; i < _lines.Length; i++)
        {
            _lines[i] -= reduction.Lines[i];
            _isReduced[i] |= isForItems && reduction.Lines[i] > 0;
        }

        Goods -= reduction.Goods;
        Shipping -= reduction.Shipping;
    }
}
