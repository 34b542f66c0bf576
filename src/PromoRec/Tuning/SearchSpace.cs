using PromoRec.Numerics;

namespace PromoRec.Tuning;

/// <summary>The parameters that a <see cref="HyperParameterSearch"/> sets, and what each may be.</summary>
public sealed class SearchSpace
{
    /// <summary>Creates a space.</summary>
    /// <param name="parameters">One or more, with different names.</param>
    /// <exception cref="ArgumentException">There are none, or two have the same name.</exception>
    public SearchSpace(params IReadOnlyList<SearchParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        if (Parameters.Count == 0 || Parameters.DistinctBy(parameter => parameter.Name, StringComparer.Ordinal).Count() != Parameters.Count)
        {
            throw new ArgumentException("A space needs at least one parameter, and no name twice.", nameof(parameters));
        }
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<SearchParameter> Parameters { get; }

    /// <summary>The values of a trial: they depend on the seed, the number of the trial and the parameters before, and on nothing else.</summary>
    internal ParameterValues Draw(ulong seed, int trial)
    {
        var random = new SeededRandom(seed, (ulong)trial);
        var values = new ParameterValues();
        foreach (SearchParameter parameter in Parameters)
        {
            values = parameter.Draw(values, ref random);
        }

        return values;
    }

    /// <exception cref="ArgumentException">A parameter has no value or one that it may not have, or there are other values.</exception>
    internal void ThrowUnlessInside(ParameterValues values)
    {
        if (Parameters.FirstOrDefault(parameter => values.Find(parameter.Name) is not { } value || !parameter.Allows(value)) is { } bad)
        {
            throw new ArgumentException($"A start has {(values.Find(bad.Name) is { } value ? $"the value {value}" : "no value")} for '{bad.Name}', which the search space does not allow.");
        }

        if (values.Names.Count != Parameters.Count)
        {
            throw new ArgumentException($"A start has {values.Names.Count} values, but the search space has {Parameters.Count} parameters.");
        }
    }
}
