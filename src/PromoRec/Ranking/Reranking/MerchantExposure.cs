namespace PromoRec.Ranking.Reranking;

/// <summary>Who had the last places that this process served. Any number of threads may use it.</summary>
/// <remarks>It lives as long as its <see cref="LiveModel"/>, over changes of the catalog: a merchant keeps its number and its count.</remarks>
/// <param name="window">How many of the last places count.</param>
internal sealed class MerchantExposure(int window)
{
    /// <summary>The number of a place whose offer has no merchant.</summary>
    public const int Nobody = -1;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int[] _places = new int[window];
    private int[] _counts = new int[16];
    private int _next;
    private int _filled;

    /// <summary>How many merchants have numbers.</summary>
    public int Merchants
    {
        get
        {
            lock (_lock)
            {
                return _numbers.Count;
            }
        }
    }

    /// <summary>The number of a merchant, given on its first appearance.</summary>
    public int NumberOf(string? merchant)
    {
        if (merchant is null)
        {
            return Nobody;
        }

        lock (_lock)
        {
            if (!_numbers.TryGetValue(merchant, out int number))
            {
                number = _numbers.Count;
                _numbers.Add(merchant, number);
                if (number == _counts.Length)
                {
                    Array.Resize(ref _counts, number * 2);
                }
            }

            return number;
        }
    }

    /// <summary>Looks at the window as it will be when so many more places are served, before anyone has got them.</summary>
    /// <param name="coming">How many places are about to be served.</param>
    /// <param name="counts">Takes for each merchant how many of the places that stay in the window it had; the merchants that were numbered when it was made.</param>
    /// <returns>How many places the window holds then, the coming ones among them.</returns>
    public int Foresee(int coming, Span<int> counts)
    {
        lock (_lock)
        {
            _counts.AsSpan(0, counts.Length).CopyTo(counts);
            int leaving = Math.Min(_filled, Math.Max(0, _filled + coming - window));
            for (int i = 0; i < leaving; i++)
            {
                int merchant = _places[At(i)];
                if ((uint)merchant < (uint)counts.Length)
                {
                    counts[merchant]--;
                }
            }

            return Math.Min(window, _filled + coming);
        }
    }

    /// <summary>Counts places that were served.</summary>
    /// <param name="merchants">The merchant of each, or <see cref="Nobody"/>.</param>
    public void Record(ReadOnlySpan<int> merchants)
    {
        lock (_lock)
        {
            foreach (int merchant in merchants)
            {
                if (_filled == window)
                {
                    Add(_places[_next], -1);
                }
                else
                {
                    _filled++;
                }

                Add(merchant, 1);
                _places[_next] = merchant;
                _next = _next + 1 == window ? 0 : _next + 1;
            }
        }
    }

    /// <summary>Where the oldest place but <paramref name="age"/> stands.</summary>
    private int At(int age)
    {
        int at = (_filled == window ? _next : 0) + age;
        return at >= window ? at - window : at;
    }

    private void Add(int merchant, int count)
    {
        if (merchant >= 0)
        {
            _counts[merchant] += count;
        }
    }
}
