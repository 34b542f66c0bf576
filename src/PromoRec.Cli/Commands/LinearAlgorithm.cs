namespace PromoRec.Cli.Commands;

/// <summary>What <c>fit --algorithm</c> can learn from examples with a label.</summary>
internal static class LinearAlgorithm
{
    public const string Logistic = "logistic";
    public const string Linear = "linear";
    public const string Ridge = "ridge";
    public const string Svm = "svm";

    public static IReadOnlyList<Named<string>> All { get; } = [new(Logistic, Logistic), new(Linear, Linear), new(Ridge, Ridge), new(Svm, Svm)];

    public static bool Is(string algorithm) => All.Any(one => string.Equals(one.Value, algorithm, StringComparison.OrdinalIgnoreCase));
}
