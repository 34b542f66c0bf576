using PromoRec.Models.Ratings;

namespace PromoRec.Training.Ratings;

/// <summary>How biases and factors are learnt by stochastic gradient descent. The names are those of the public options.</summary>
internal sealed record SgdRules(int Factors, int Epochs, double LearningRate, double Regularization, double InitialScale, ulong Seed)
{
    /// <summary>The steps.</summary>
    public GradientDescent Steps => new(Epochs, LearningRate, Regularization);

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate(string family)
    {
        OptionFaults faults = new();
        faults.Require(Factors is >= 1 and <= 1024, nameof(Factors), Factors, "from 1 to 1,024");
        faults.Require(Epochs is >= 0 and <= GradientDescent.MaxEpochs, nameof(Epochs), Epochs, "from 0 to 10,000");
        faults.Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        faults.Require(double.IsFinite(Regularization) && Regularization >= 0, nameof(Regularization), Regularization, "0 or above and finite");
        faults.Require(double.IsFinite(InitialScale) && InitialScale >= 0, nameof(InitialScale), InitialScale, "0 or above and finite");
        faults.ThrowIfAny(family);
    }

    /// <summary>The options by name; the seed stands in the manifest itself.</summary>
    public SortedDictionary<string, string> ToText() => new(StringComparer.Ordinal)
    {
        ["factors"] = TrainedManifest.Text(Factors),
        ["epochs"] = TrainedManifest.Text(Epochs),
        ["learning-rate"] = TrainedManifest.Text(LearningRate),
        ["regularization"] = TrainedManifest.Text(Regularization),
        ["initial-scale"] = TrainedManifest.Text(InitialScale),
    };
}
