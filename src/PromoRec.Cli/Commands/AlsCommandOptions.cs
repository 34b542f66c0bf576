using System.CommandLine;
using PromoRec.Cli.Reading;
using PromoRec.Models;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train implicit ALS.</summary>
internal sealed class AlsCommandOptions
{
    private static readonly ImplicitAlsOptions Unset = new();

    private readonly Option<int> _factors = OptionFactory.Integer("--factors", "Length of a vector; 100 unless set with svd, 20 with svdpp", Unset.Factors, 1, 1024);
    private readonly Option<int> _iterations = OptionFactory.Integer("--iterations", "Times both sides are solved", Unset.Iterations, 0, 1000);

    private readonly Option<double> _exponent = OptionFactory.Real(
        "--regularization-exponent", "How the weight grows with the evidence: 0 equal everywhere, 1 in proportion, at most 2", Unset.RegularizationExponent, 0, includingLeast: true);

    private readonly Option<double> _alpha = OptionFactory.Real("--alpha", "Confidence of an interaction of value 1", Unset.Alpha, 0, includingLeast: false);
    private readonly Option<bool> _addOne = OptionFactory.Flag("--confidence-plus-one", "Confidence is 1 + alpha * value, as in the paper of 2008");
    private readonly Option<double> _unobserved = OptionFactory.Real("--unobserved-weight", "Weight of what was not observed", Unset.UnobservedWeight, 0, includingLeast: true);

    private readonly Option<Named<UnobservedPairs>> _over = OptionFactory.Choice(
        "--unobserved-over", "Pairs that weight applies to", Unset.UnobservedOver, new("rest", UnobservedPairs.Rest), new("all", UnobservedPairs.All));

    private readonly Option<Named<AlsSolver>> _solver = OptionFactory.Choice(
        "--solver", "How a row is solved", Unset.Solver, new("cg", AlsSolver.ConjugateGradient), new("cholesky", AlsSolver.Cholesky));

    private readonly Option<int> _steps = OptionFactory.Integer("--cg-steps", "Conjugate gradient steps a row", Unset.ConjugateGradientSteps, 1, 100);

    private readonly Option<double> _scale = OptionFactory.Real(
        "--initial-scale", "Standard deviation of a start vector's length", Unset.InitialScale, 0, includingLeast: false);

    private readonly Option<ulong> _seed = OptionFactory.Seed();
    private readonly Option<bool> _loss = OptionFactory.Flag("--loss", "Compute the loss after every iteration");

    private readonly Option<string?> _warmStart = OptionFactory.Text("--warm-start", "MODEL", "Start from the factors of an earlier model");

    public Option<int> Factors => _factors;

    public Option<ulong> Seed => _seed;

    public IReadOnlyList<Option> All => [_factors, _iterations, _exponent, _alpha, _addOne, _unobserved, _over, _solver, _steps, _scale, _seed, _loss, _warmStart];

    public ModelTrainer Read(ParseResult parsed, double? regularization, int threads)
    {
        FactorModel? warmStart = LoadWarmStart(parsed);
        ImplicitAlsOptions options = Read(parsed, warmStart);
        options.Regularization = regularization ?? options.Regularization;
        options.Threads = threads;
        return (data, progress, cancellationToken) => new ImplicitAlsTrainer(options).Train(data.Dataset, warmStart, progress, cancellationToken);
    }

    /// <exception cref="ModelFileException">The file is not a model.</exception>
    private FactorModel? LoadWarmStart(ParseResult parsed) => parsed.GetValue(_warmStart) is { } path ? ModelFile.LoadFactors(path) : null;

    /// <summary>The options; the number of factors is that of the model to start from unless given.</summary>
    /// <exception cref="UsageException">Values do not fit together.</exception>
    private ImplicitAlsOptions Read(ParseResult parsed, FactorModel? warmStart)
    {
        double exponent = parsed.GetValue(_exponent);
        int factors = warmStart is not null && !OptionFactory.IsGiven(parsed, _factors) ? warmStart.Factors : parsed.GetValue(_factors);
        if (warmStart is not null && warmStart.Factors != factors)
        {
            throw new UsageException($"{_factors.Name} is {factors}, but the model to start from has {warmStart.Factors}. Leave {_factors.Name} out, or train without {_warmStart.Name}.");
        }

        return new ImplicitAlsOptions
        {
            Factors = factors,
            Iterations = parsed.GetValue(_iterations),
            RegularizationExponent = exponent <= 2 ? exponent : throw new UsageException($"{_exponent.Name} must be from 0 to 2, but is {exponent}."),
            Alpha = parsed.GetValue(_alpha),
            AddOneToConfidence = parsed.GetValue(_addOne),
            UnobservedWeight = parsed.GetValue(_unobserved),
            UnobservedOver = parsed.GetRequiredValue(_over).Value,
            Solver = parsed.GetRequiredValue(_solver).Value,
            ConjugateGradientSteps = parsed.GetValue(_steps),
            InitialScale = parsed.GetValue(_scale),
            Seed = parsed.GetValue(_seed),
            ComputeLoss = parsed.GetValue(_loss),
        };
    }
}
