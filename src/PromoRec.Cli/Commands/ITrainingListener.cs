using PromoRec.Cli.Output;
using PromoRec.Training;

namespace PromoRec.Cli.Commands;

/// <summary>Told how a training goes.</summary>
internal interface ITrainingListener : IProgress<TrainingProgress>
{
    /// <summary>A member of a hybrid is trained next.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="isTrial">Whether it is trained to be asked and not to be kept, so that its steps are not worth a line each.</param>
    void Begin(string member, bool isTrial = false);

    /// <summary>Something was done that is worth a line.</summary>
    void Say(string text);

    /// <summary>A hybrid was put together.</summary>
    void Joined(HybridReport hybrid);
}
