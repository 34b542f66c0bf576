using PromoRec.Cli.Output;
using PromoRec.Models;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>A trained model and how it came about.</summary>
internal sealed record TrainingOutcome(
    RecommendationModel Model, int Pairs, DataReport Data, double ReadSeconds, double TrainSeconds, IReadOnlyList<double> IterationSeconds, double? Loss)
{
    /// <summary>What a hybrid is made of; null for other models.</summary>
    public HybridReport? Hybrid { get; init; }

    public FitReport ToReport(string? path, double seconds) => new()
    {
        Model = path,
        Version = Model.Manifest.Version,
        Algorithm = Model.Manifest.Algorithm,
        Factors = Model switch { FactorModel model => model.Factors, SvdModel model => model.Factors, SvdPlusPlusModel model => model.Factors, _ => 0 },
        Users = Model.UserCount,
        Items = Model.ItemCount,
        Pairs = Pairs,
        Data = Data,
        Seconds = seconds,
        ReadSeconds = ReadSeconds,
        TrainSeconds = TrainSeconds,
        IterationSeconds = IterationSeconds,
        PeakBytes = PeakBytes(),
        Loss = Loss,
        Hybrid = Hybrid,
    };

    private static long PeakBytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
