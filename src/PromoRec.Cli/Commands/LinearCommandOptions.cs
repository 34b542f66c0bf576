using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training;
using PromoRec.Training.Linear;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that learn linear models from examples.</summary>
internal sealed class LinearCommandOptions
{
    private static readonly LinearTrainingOptions Unset = new();
    private static readonly FtrlOptions OnlineUnset = new();

    private readonly Option<double> _cost = OptionFactory.Real("--c", "linear models: what errors count beside the penalties, LIBLINEAR's C", Unset.Cost, 0, includingLeast: false);
    private readonly Option<double> _l1 = OptionFactory.Real("--l1", "linear models: penalty on the sum of absolute weights", Unset.L1, 0, includingLeast: true);
    private readonly Option<double> _l2 = OptionFactory.Real("--l2", "linear models: penalty on half the sum of squared weights; 0 unless set with linear and with --online", Unset.L2, 0, includingLeast: true);
    private readonly Option<bool> _noIntercept = OptionFactory.Flag("--no-intercept", "linear models: scores have no constant part");
    private readonly Option<double> _positiveWeight = OptionFactory.Real("--positive-weight", "linear models: what true examples count beside false ones", Unset.PositiveWeight, 0, includingLeast: false);
    private readonly Option<bool> _squaredHinge = OptionFactory.Flag("--squared-hinge", "svm: errors cost their square");
    private readonly Option<bool> _online = OptionFactory.Flag("--online", "linear models: one pass of FTRL over the file, in its order");
    private readonly Option<double> _rate = OptionFactory.Real("--ftrl-alpha", "online: how fast weights move", OnlineUnset.Alpha, 0, includingLeast: false);
    private readonly Option<double> _hold = OptionFactory.Real("--ftrl-beta", "online: what holds back the first steps of a weight", OnlineUnset.Beta, 0, includingLeast: true);
    private readonly Option<Named<Calibration>> _calibrate = OptionFactory.Choice(
        "--calibrate",
        "linear models: fit probabilities to every fifth example, which is then not learnt from",
        Calibration.None,
        new("none", Calibration.None),
        new("platt", Calibration.Platt),
        new("isotonic", Calibration.Isotonic));

    public IReadOnlyList<Option> All => [_cost, _l1, _l2, _noIntercept, _positiveWeight, _squaredHinge, _online, _rate, _hold, _calibrate];

    /// <exception cref="UsageException">Values do not fit together.</exception>
    public LinearTraining Read(ParseResult parsed, string algorithm, int threads)
    {
        bool online = parsed.GetValue(_online);
        LinearLoss loss = algorithm switch
        {
            LinearAlgorithm.Logistic => LinearLoss.Logistic,
            LinearAlgorithm.Svm => parsed.GetValue(_squaredHinge) ? LinearLoss.SquaredHinge : LinearLoss.Hinge,
            _ => LinearLoss.Squared,
        };
        RefuseUnless(parsed, algorithm == LinearAlgorithm.Svm, $"--algorithm {LinearAlgorithm.Svm}", _squaredHinge);
        RefuseUnless(parsed, online, _online.Name, _rate, _hold);
        RefuseUnless(parsed, !online, $"--algorithm {algorithm} without {_online.Name}", _cost);
        RefuseUnless(parsed, loss != LinearLoss.Squared, $"--algorithm {LinearAlgorithm.Logistic} or {LinearAlgorithm.Svm}, whose labels are true or false", _positiveWeight, _calibrate);
        bool hasL2 = OptionFactory.IsGiven(parsed, _l2) || (!online && algorithm != LinearAlgorithm.Linear);
        double l2 = hasL2 ? parsed.GetValue(_l2) : 0;
        try
        {
            return new LinearTraining(loss, parsed.GetRequiredValue(_calibrate).Value, online ? Online(parsed, loss, l2) : Batch(parsed, loss, l2, threads));
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(ApiWords.Of(fault.Message));
        }
    }

    private static void RefuseUnless(ParseResult parsed, bool holds, string needed, params Option[] options)
    {
        if (!holds && options.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } given)
        {
            throw new UsageException($"{given.Name} has an effect only with {needed}. Leave it out.");
        }
    }

    private Func<ExampleSet, IProgress<TrainingProgress>, CancellationToken, LinearModel> Batch(ParseResult parsed, LinearLoss loss, double l2, int threads)
    {
        var trainer = new LinearTrainer(new LinearTrainingOptions
        {
            Loss = loss,
            Cost = parsed.GetValue(_cost),
            L1 = parsed.GetValue(_l1),
            L2 = l2,
            Intercept = !parsed.GetValue(_noIntercept),
            PositiveWeight = parsed.GetValue(_positiveWeight),
            Threads = threads,
        });
        return trainer.Train;
    }

    private Func<ExampleSet, IProgress<TrainingProgress>, CancellationToken, LinearModel> Online(ParseResult parsed, LinearLoss loss, double l2)
    {
        FtrlOptions options = new()
        {
            Loss = loss,
            Alpha = parsed.GetValue(_rate),
            Beta = parsed.GetValue(_hold),
            L1 = parsed.GetValue(_l1),
            L2 = l2,
            Intercept = !parsed.GetValue(_noIntercept),
            PositiveWeight = parsed.GetValue(_positiveWeight),
        };
        options.Validate();
        return (examples, _, cancellationToken) =>
        {
            var learner = new FtrlLearner(examples.Schema, options);
            learner.Learn(examples, cancellationToken);
            return learner.ToModel();
        };
    }
}
