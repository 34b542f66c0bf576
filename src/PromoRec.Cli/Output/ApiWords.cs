using System.Text.RegularExpressions;

namespace PromoRec.Cli.Output;

/// <summary>Says what the library says about its API in words of the command line.</summary>
internal static partial class ApiWords
{
    private static readonly (string Api, string Tool)[] Sentences =
    [
        ("Use LinearModel.Load.", "Name it to 'promorec evaluate' with --model."),
        ("Name a file that LinearModel.Save wrote.", "Name a file that 'promorec fit' wrote with --algorithm logistic, linear, ridge or svm."),
        ("Use FactorModel.Import for factors that were trained elsewhere.", "Use 'promorec import' for factors that were trained elsewhere."),
        ("name a file that FactorModel.Save wrote", "name a file that 'promorec fit' wrote"),
        (" Load it with RecommendationModel.Load.", " Name a model that was trained with --algorithm als."),
        ("Set L2 (or L1) above 0.", "Set --l2 (or --l1) above 0."),
        ("Scale them down, or set DatasetOptions.MaxValue.", "Scale the values of the file down."),
        ("Set DatasetOptions.MaxValue or scale the values down.", "Scale the values of the file down."),
        (", or stack again with OfferStackingOptions.Ranking as here.", ", or stack again with that."),
        ("Give the events times, or split at random.", "Give the rows times in the column 'at', or use --folds."),
    ];

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["ImplicitAlsOptions.Factors"] = "--factors",
        ["EaseOptions.Regularization"] = "--regularization",
        ["ContentOptions.MinItems"] = "--min-items",
        ["ValidationShare"] = "--validation",
        ["Fusion"] = "--fusion",
        ["LearningRate"] = "--learning-rate",
        ["Regularization"] = "--regularization",
        ["RegularizationExponent"] = "--regularization-exponent",
        ["UnobservedWeight"] = "--unobserved-weight",
        ["ConjugateGradientSteps"] = "--cg-steps",
        ["InitialScale"] = "--initial-scale",
        ["Alpha"] = "--alpha",
        ["Factors"] = "--factors",
        ["Iterations"] = "--iterations",
        ["Epochs"] = "--epochs",
        ["Neighbours"] = "--neighbours",
        ["MinNeighbours"] = "--min-neighbours",
        ["Similarity"] = "--similarity",
        ["Weighting"] = "--weighting",
        ["Bm25Saturation"] = "--bm25-k1",
        ["Bm25LengthWeight"] = "--bm25-b",
        ["Shrinkage"] = "--shrinkage",
        ["MinOverlap"] = "--min-overlap",
        ["UserRegularization"] = "--user-regularization",
        ["ItemRegularization"] = "--item-regularization",
        ["RecentHalfLife"] = "--recent-half-life",
        ["UsualHalfLife"] = "--usual-half-life",
        ["SegmentPriorStrength"] = "--segment-prior",
        ["ItemPriorStrength"] = "--item-prior",
        ["TrendPriorStrength"] = "--trend-prior",
        ["SessionGap"] = "--session-gap",
        ["MinSupport"] = "--min-support",
        ["MinConfidence"] = "--min-confidence",
        ["MinLift"] = "--min-lift",
        ["DistanceDecay"] = "--distance-decay",
        ["MaxBasketItems"] = "--max-basket",
        ["MaxItemShare"] = "--max-item-share",
        ["MaxTerms"] = "--max-terms",
        ["L1"] = "--l1",
        ["L2"] = "--l2",
        ["RankingOptions.TargetSizeExponent"] = "--target-size-exponent",
        ["TargetSizeExponent"] = "--target-size-exponent",
        ["PositiveWeight"] = "--positive-weight",
        ["SquaredHinge"] = "--squared-hinge",
    };

    /// <summary>The message, with the names of options as they are on the command line.</summary>
    public static string Of(string message)
    {
        foreach ((string api, string tool) in Sentences)
        {
            message = message.Replace(api, tool, StringComparison.Ordinal);
        }

        return OptionName().Replace(message, match => Options.GetValueOrDefault(match.Value, match.Value));
    }

    // Names stand alone in messages: not in paths, not in quotes, not with a dash before them.
    [GeneratedRegex(@"(?<![\w./\\'""-])[A-Z][A-Za-z0-9]+(\.[A-Z][A-Za-z]+)?(?![\w/\\'""])", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();
}
