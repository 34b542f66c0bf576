using PromoRec.Numerics;

namespace PromoRec.Tuning;

/// <summary>One parameter of a <see cref="SearchSpace"/>: its name and the values it may have.</summary>
public sealed class SearchParameter
{
    private readonly SearchScale _scale;
    private readonly bool _isWhole;
    private readonly double _low;
    private readonly double _high;
    private readonly string[] _choices;

    private SearchParameter(string name, SearchScale scale, bool isWhole, double low, double high, string[] choices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!(double.IsFinite(low) && double.IsFinite(high) && low <= high && (scale != SearchScale.Logarithmic || low > 0)))
        {
            throw new ArgumentException($"'{name}' may be from {low} to {high}, which is no range{(scale == SearchScale.Logarithmic ? " above 0" : string.Empty)}. Give finite numbers, the smaller one first.");
        }

        Name = name;
        _scale = scale;
        _isWhole = isWhole;
        _low = low;
        _high = high;
        _choices = choices;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A number, each equally likely.</summary>
    /// <exception cref="ArgumentException">The ends are not finite, or <paramref name="low"/> is above <paramref name="high"/>.</exception>
    public static SearchParameter Uniform(string name, double low, double high) => new(name, SearchScale.Linear, isWhole: false, low, high, []);

    /// <summary>A positive number whose logarithm is equally likely: as often from 0.01 to 0.1 as from 0.1 to 1.</summary>
    /// <exception cref="ArgumentException">The ends are not finite and above 0, or <paramref name="low"/> is above <paramref name="high"/>.</exception>
    public static SearchParameter LogUniform(string name, double low, double high) => new(name, SearchScale.Logarithmic, isWhole: false, low, high, []);

    /// <summary>A whole number, both ends included.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="low">Least value.</param>
    /// <param name="high">Greatest value.</param>
    /// <param name="logarithmic">Whether equal ratios are equally likely, as for lengths of vectors; all values must then be above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>, or too small for a logarithm.</exception>
    public static SearchParameter Whole(string name, int low, int high, bool logarithmic = false) =>
        new(name, logarithmic ? SearchScale.Logarithmic : SearchScale.Linear, isWhole: true, low, high, []);

    /// <summary>One of several names, each equally likely.</summary>
    /// <exception cref="ArgumentException">There are none, or one is there twice.</exception>
    public static SearchParameter Choice(string name, params IReadOnlyList<string> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return choices.Count > 0 && choices.Distinct(StringComparer.Ordinal).Count() == choices.Count
            ? new SearchParameter(name, SearchScale.Choice, isWhole: false, 0, 0, [.. choices])
            : throw new ArgumentException($"'{name}' needs at least one choice, and none of them twice.", nameof(choices));
    }

    /// <summary>Adds a value to others.</summary>
    internal ParameterValues Draw(ParameterValues values, ref SeededRandom random)
    {
        if (_scale == SearchScale.Choice)
        {
            return values.With(Name, _choices[random.NextInt32(_choices.Length)]);
        }

        // A whole number stands for the interval up to the next one.
        double end = _isWhole ? _high + 1 : _high;
        double share = random.NextDouble();
        double number = _scale == SearchScale.Logarithmic ? _low * Math.Pow(end / _low, share) : _low + (share * (end - _low));
        return _isWhole
            ? values.With(Name, (int)Math.Clamp(Math.Floor(number), _low, _high))
            : values.With(Name, Math.Clamp(number, _low, _high));
    }

    /// <summary>Whether it may have a value.</summary>
    internal bool Allows(object value) => value switch
    {
        string choice => _choices.Contains(choice, StringComparer.Ordinal),
        int whole => _isWhole && whole >= _low && whole <= _high,
        double real => !_isWhole && _scale != SearchScale.Choice && real >= _low && real <= _high,
        _ => false,
    };
}
