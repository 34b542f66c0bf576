namespace PromoRec.Push.Offers.Pricing;

/// <summary>Which pieces make a bundle: one for each target, the most expensive ones that are possible together.</summary>
/// <remarks>
/// The sets of pieces that different targets can take are the independent sets of a matroid, so that taking the most expensive piece that still fits, again and
/// again, gives the most expensive bundle. Whether one more fits is asked by moving earlier pieces to other targets (augmenting paths).
/// </remarks>
internal sealed class BundlePieces
{
    private readonly IReadOnlyList<OfferTarget> _targets;
    private readonly BasketState _state;

    /// <summary>The line whose piece each target has; −1 for none.</summary>
    private readonly int[] _lineOf;

    private BundlePieces(IReadOnlyList<OfferTarget> targets, BasketState state)
    {
        _targets = targets;
        _state = state;
        _lineOf = new int[targets.Count];
        Array.Fill(_lineOf, -1);
    }

    /// <param name="targets">The targets, each of which needs a piece of its own.</param>
    /// <param name="state">The basket.</param>
    /// <param name="isOpen">Which lines may be used.</param>
    /// <param name="values">What the pieces of each line cost that are in the bundle.</param>
    /// <returns>Whether there is a piece for each target.</returns>
    public static bool TryFind(IReadOnlyList<OfferTarget> targets, BasketState state, bool[] isOpen, out decimal[] values)
    {
        values = new decimal[isOpen.Length];
        var bundle = new BundlePieces(targets, state);
        foreach (int line in Enumerable.Range(0, isOpen.Length).Where(i => isOpen[i]).OrderByDescending(bundle.PieceValue).ThenBy(i => i))
        {
            for (int piece = 0; piece < Math.Min(state.Basket.Lines[line].Quantity, targets.Count); piece++)
            {
                if (!bundle.TryPlace(line, new bool[targets.Count]))
                {
                    break;
                }
            }
        }

        foreach (int line in bundle._lineOf.Where(line => line >= 0))
        {
            values[line] += bundle.PieceValue(line);
        }

        return !bundle._lineOf.Contains(-1);
    }

    private decimal PieceValue(int line) => decimal.Round(_state.Lines[line] / _state.Basket.Lines[line].Quantity, Money.Decimals, MidpointRounding.ToZero);

    private bool TryPlace(int line, bool[] isTried)
    {
        for (int target = 0; target < _lineOf.Length; target++)
        {
            if (isTried[target] || !OfferProfile.Matches(_targets[target], _state.Basket.Lines[line].Item))
            {
                continue;
            }

            isTried[target] = true;
            if (_lineOf[target] < 0 || TryPlace(_lineOf[target], isTried))
            {
                _lineOf[target] = line;
                return true;
            }
        }

        return false;
    }
}
