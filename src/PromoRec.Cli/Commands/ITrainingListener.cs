using PromoRec.Cli.Output;
using PromoRec.Training;

namespace PromoRec.Cli.Commands;

/// <summary>Told how a training goes.</summary>
internal interface ITrainingListener : IProgress<TrainingProgress>
{
    /// <summary>A member of a hybrid is trained next.</summary>
    void Begin(string member);

    /// <summary>A hybrid was put together.</summary>
    void Joined(HybridReport hybrid);
}
