using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>A file of examples: LIBSVM text, or a table whose columns a features file names.</summary>
internal abstract class ExampleSource
{
    /// <summary>The features that the rows fill.</summary>
    public abstract FeatureSchema Schema { get; }

    /// <summary>Opens a file to learn from, or to measure a model on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">What its columns mean; null for LIBSVM text.</param>
    /// <param name="classifies">Whether labels are true or false, and not numbers.</param>
    /// <param name="model">The features of the model to be measured; null where one is to be learnt.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static ExampleSource Open(string path, FeatureFile? features, bool classifies, FeatureSchema? model, BadRows badRows, CancellationToken cancellation) =>
        features is not null ? new ExampleTable(path, features, classifies, badRows, cancellation) : new LibsvmFile(path, classifies, model, badRows, cancellation);

    /// <summary>Hands over every example, in the order of the file.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public abstract void ReadAll(Action<ExampleRow> take);
}
