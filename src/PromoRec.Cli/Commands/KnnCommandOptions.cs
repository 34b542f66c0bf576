using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Models.Knn;
using PromoRec.Training.Knn;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train models of neighbours.</summary>
internal sealed class KnnCommandOptions
{
    private static readonly KnnOptions Unset = new();

    private readonly Option<int> _neighbours = OptionFactory.Integer("--neighbours", "knn: most neighbours of an item or a customer; 40 unless set with rating-knn, where it is of a prediction", Unset.Neighbours, 1, 1_000_000);
    private readonly Option<Named<KnnSimilarity>> _similarity = OptionFactory.Choice(
        "--similarity",
        "knn: how alike two of them are",
        Unset.Similarity,
        new("cosine", KnnSimilarity.Cosine),
        new("dot-product", KnnSimilarity.DotProduct),
        new("jaccard", KnnSimilarity.Jaccard),
        new("pearson", KnnSimilarity.Pearson),
        new("adjusted-cosine", KnnSimilarity.AdjustedCosine));

    private readonly Option<Named<KnnWeighting>> _weighting = OptionFactory.Choice(
        "--weighting",
        "knn: what becomes of values before they are compared",
        Unset.Weighting,
        new("none", KnnWeighting.None),
        new("binary", KnnWeighting.Binary),
        new("tf-idf", KnnWeighting.TfIdf),
        new("bm25", KnnWeighting.Bm25));

    private readonly Option<double> _saturation = OptionFactory.Real("--bm25-k1", "knn: saturation of BM25", Unset.Bm25Saturation, 0, includingLeast: true);
    private readonly Option<double> _lengthWeight = OptionFactory.Real("--bm25-b", "knn: how much lengths matter to BM25, at most 1", Unset.Bm25LengthWeight, 0, includingLeast: true);
    private readonly Option<double> _shrinkage = OptionFactory.Real("--shrinkage", "knn: n / (n + X) of a similarity that rests on n common values counts; 100 unless set with rating-knn, for pearson-baseline", Unset.Shrinkage, 0, includingLeast: true);
    private readonly Option<int> _minOverlap = OptionFactory.Integer("--min-overlap", "knn, slope-one: fewest common values of neighbours", Unset.MinOverlap, 1, 1_000_000);
    private readonly Option<bool> _includeSelf = OptionFactory.Flag("--include-self", "knn: everything may be its own neighbour");
    private readonly Option<bool> _normalize = OptionFactory.Flag("--normalize-weights", "knn: the neighbours of each together weigh one");
    private readonly Option<bool> _binaryProfile = OptionFactory.Flag("--binary-profile", "knn: all that a customer has counts as one when items are scored");

    public Option<int> Neighbours => _neighbours;

    public Option<double> Shrinkage => _shrinkage;

    public Option<int> MinOverlap => _minOverlap;

    public IReadOnlyList<Option> All => [_neighbours, _similarity, _weighting, _saturation, _lengthWeight, _shrinkage, _minOverlap, _includeSelf, _normalize, _binaryProfile];

    public ModelTrainer Read(ParseResult parsed, bool ofItems, int threads)
    {
        KnnOptions options = new()
        {
            Neighbours = parsed.GetValue(_neighbours),
            Similarity = parsed.GetRequiredValue(_similarity).Value,
            Weighting = parsed.GetRequiredValue(_weighting).Value,
            Bm25Saturation = parsed.GetValue(_saturation),
            Bm25LengthWeight = parsed.GetValue(_lengthWeight),
            Shrinkage = parsed.GetValue(_shrinkage),
            MinOverlap = parsed.GetValue(_minOverlap),
            IncludeSelf = parsed.GetValue(_includeSelf),
            NormalizeWeights = parsed.GetValue(_normalize),
            BinaryProfile = parsed.GetValue(_binaryProfile),
            Threads = threads,
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(ApiWords.Of(fault.Message));
        }

        return ofItems
            ? (data, progress, cancellationToken) => new ItemKnnTrainer(options).Train(data.Dataset, progress, cancellationToken)
            : (data, progress, cancellationToken) => new UserKnnTrainer(options).Train(data.Dataset, progress, cancellationToken);
    }
}
