namespace PromoRec.Evaluation;

/// <summary>What holds for every comparison of several things by intervals, whatever is compared.</summary>
internal static class ComparisonRules
{
    /// <summary>The level of each of n - 1 intervals for a confidence in all together: the correction of Bonferroni. Source: Dunn, JASA 56(293), 1961.</summary>
    public static double IntervalLevel(double level, int compared) => 1 - ((1 - level) / (compared - 1));

    /// <summary>Refuses fewer than two, and two of one name.</summary>
    /// <param name="names">The names.</param>
    /// <param name="what">What is compared, in the plural and in small letters.</param>
    /// <param name="parameterName">The parameter that holds them.</param>
    /// <exception cref="ArgumentException">It is so.</exception>
    public static void ThrowUnlessSeveral(IReadOnlyCollection<string> names, string what, string parameterName)
    {
        if (names.Count < 2)
        {
            throw new ArgumentException($"There must be two {what} or more to compare, but {names.Count} were given.", parameterName);
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new ArgumentException($"Two {what} are called '{same.Key}'. Give each a name of its own.", parameterName);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The level is not above 0 and below 1.</exception>
    public static void ThrowUnlessLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The confidence level must be above 0 and below 1.");
        }
    }
}
