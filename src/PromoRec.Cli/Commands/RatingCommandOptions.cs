using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Models.Ratings;
using PromoRec.Training.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train models of ratings. Those that other families have too are theirs.</summary>
/// <param name="als">Has the length of a vector and the seed.</param>
/// <param name="knn">Has what is asked of neighbours.</param>
/// <param name="regularization">Weight of the squared norms.</param>
internal sealed class RatingCommandOptions(AlsCommandOptions als, KnnCommandOptions knn, Option<double> regularization)
{
    public const string Baseline = "baseline";
    public const string RatingKnn = "rating-knn";
    public const string SlopeOne = "slope-one";
    public const string Svd = "svd";
    public const string SvdPlusPlus = "svdpp";

    private static readonly BaselineOptions UnsetBaseline = new();
    private static readonly RatingKnnOptions UnsetKnn = new();
    private static readonly SvdOptions UnsetSvd = new();

    private readonly Option<Named<RatingCentering>> _centering = OptionFactory.Choice(
        "--centering",
        "rating-knn: what is taken from ratings before they are averaged",
        UnsetKnn.Centering,
        new("none", RatingCentering.None),
        new("means", RatingCentering.Mean),
        new("baseline", RatingCentering.Baseline));

    private readonly Option<Named<RatingSimilarity>> _similarity = OptionFactory.Choice(
        "--rating-similarity",
        "rating-knn: how alike two customers or items are by the ratings that both have",
        UnsetKnn.Similarity,
        new("msd", RatingSimilarity.MeanSquaredDifference),
        new("cosine", RatingSimilarity.Cosine),
        new("pearson", RatingSimilarity.Pearson),
        new("pearson-baseline", RatingSimilarity.PearsonBaseline));

    private readonly Option<bool> _itemBased = OptionFactory.Flag("--item-based", "rating-knn: compare items, not customers");
    private readonly Option<int> _minNeighbours = OptionFactory.Integer("--min-neighbours", "rating-knn: fewest neighbours of a prediction that rests on them", UnsetKnn.MinNeighbours, 1, 1_000_000);
    private readonly Option<int> _sweeps = OptionFactory.Integer("--sweeps", "baseline, rating-knn: times the biases of both sides are solved", UnsetBaseline.Sweeps, 0, 1_000);
    private readonly Option<double> _user = OptionFactory.Real("--user-regularization", "baseline, rating-knn: weight of a customer's squared bias", UnsetBaseline.UserRegularization, 0, includingLeast: true);
    private readonly Option<double> _item = OptionFactory.Real("--item-regularization", "baseline, rating-knn: weight of an item's squared bias", UnsetBaseline.ItemRegularization, 0, includingLeast: true);
    private readonly Option<int> _epochs = OptionFactory.Integer("--epochs", "svd, svdpp: passes over the ratings", UnsetSvd.Epochs, 0, 10_000);
    private readonly Option<double> _rate = OptionFactory.Real("--learning-rate", "svd, svdpp: size of a step, at most 1; 0.007 unless set with svdpp", UnsetSvd.LearningRate, 0, includingLeast: false);

    /// <summary>The algorithms.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [Baseline, RatingKnn, SlopeOne, Svd, SvdPlusPlus];

    /// <summary>The options that no other family has.</summary>
    public IReadOnlyList<Option> All => [_centering, _similarity, _itemBased, _minNeighbours, _sweeps, _user, _item, _epochs, _rate];

    /// <summary>The options of an algorithm, those of other families included.</summary>
    public IReadOnlyList<Option> Of(string algorithm) => algorithm switch
    {
        Baseline => [_sweeps, _user, _item],
        RatingKnn => [knn.Neighbours, knn.Shrinkage, knn.MinOverlap, _centering, _similarity, _itemBased, _minNeighbours, _sweeps, _user, _item],
        SlopeOne => [knn.MinOverlap],
        _ => [als.Factors, als.Seed, regularization, _epochs, _rate],
    };

    /// <exception cref="UsageException">A value cannot be used.</exception>
    public ModelTrainer Read(ParseResult parsed, string algorithm, int threads)
    {
        try
        {
            switch (algorithm)
            {
                case Baseline:
                    BaselineTrainer baseline = new(ReadBaseline(parsed, threads));
                    return (data, progress, cancellationToken) => baseline.Train(data.Dataset, progress, cancellationToken);
                case RatingKnn:
                    RatingKnnTrainer neighbours = new(ReadKnn(parsed, threads));
                    return (data, progress, cancellationToken) => neighbours.Train(data.Dataset, progress, cancellationToken);
                case SlopeOne:
                    SlopeOneTrainer slopeOne = new(new SlopeOneOptions { MinSupport = parsed.GetValue(knn.MinOverlap), Threads = threads });
                    return (data, progress, cancellationToken) => slopeOne.Train(data.Dataset, progress, cancellationToken);
                case Svd:
                    SvdTrainer svd = new(ReadSvd(parsed));
                    return (data, progress, cancellationToken) => svd.Train(data.Dataset, progress, cancellationToken);
                default:
                    SvdPlusPlusTrainer svdPlusPlus = new(ReadSvdPlusPlus(parsed));
                    return (data, progress, cancellationToken) => svdPlusPlus.Train(data.Dataset, progress, cancellationToken);
            }
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(ApiWords.Of(fault.Message));
        }
    }

    private BaselineOptions ReadBaseline(ParseResult parsed, int threads) => new()
    {
        Sweeps = parsed.GetValue(_sweeps),
        UserRegularization = parsed.GetValue(_user),
        ItemRegularization = parsed.GetValue(_item),
        Threads = threads,
    };

    private RatingKnnOptions ReadKnn(ParseResult parsed, int threads) => new()
    {
        ItemBased = parsed.GetValue(_itemBased),
        Centering = parsed.GetRequiredValue(_centering).Value,
        Similarity = parsed.GetRequiredValue(_similarity).Value,
        Neighbours = GivenOr(parsed, knn.Neighbours, UnsetKnn.Neighbours),
        MinNeighbours = parsed.GetValue(_minNeighbours),
        MinSupport = parsed.GetValue(knn.MinOverlap),
        Shrinkage = GivenOr(parsed, knn.Shrinkage, UnsetKnn.Shrinkage),
        Baseline = ReadBaseline(parsed, threads),
        Threads = threads,
    };

    private SvdOptions ReadSvd(ParseResult parsed) => new()
    {
        Factors = GivenOr(parsed, als.Factors, UnsetSvd.Factors),
        Epochs = parsed.GetValue(_epochs),
        LearningRate = parsed.GetValue(_rate),
        Regularization = GivenOr(parsed, regularization, UnsetSvd.Regularization),
        Seed = parsed.GetValue(als.Seed),
    };

    private SvdPlusPlusOptions ReadSvdPlusPlus(ParseResult parsed)
    {
        SvdPlusPlusOptions unset = new();
        return new SvdPlusPlusOptions
        {
            Factors = GivenOr(parsed, als.Factors, unset.Factors),
            Epochs = GivenOr(parsed, _epochs, unset.Epochs),
            LearningRate = GivenOr(parsed, _rate, unset.LearningRate),
            Regularization = GivenOr(parsed, regularization, unset.Regularization),
            Seed = parsed.GetValue(als.Seed),
        };
    }

    private static T GivenOr<T>(ParseResult parsed, Option<T> option, T unlessSet) => OptionFactory.IsGiven(parsed, option) ? parsed.GetValue(option)! : unlessSet;
}
