using PromoRec.Models.Content;

namespace PromoRec.Models;

/// <summary>How a model file is loaded.</summary>
public sealed class ModelLoadOptions
{
    /// <summary>Whether every tensor's checksum and content are verified, which reads the file once. True unless set.</summary>
    /// <remarks>
    /// Without it, only the header, its checksum and the shapes are verified, and a model of any size is ready at once. A damaged
    /// tensor then gives wrong scores or an exception when it is used, never an access outside the file.
    /// </remarks>
    public bool VerifyTensors { get; set; } = true;

    /// <summary>Whether the file is mapped instead of read into memory. True unless set.</summary>
    /// <remarks>
    /// Processes that map the same file share its memory. A mapped file must never be cut or overwritten in place: replace it, as
    /// <see cref="RecommendationModel.Save"/> does. Set this to false where that cannot be promised, or where the file lies on a network disk.
    /// </remarks>
    public bool MapFile { get; set; } = true;

    /// <summary>The host's own tokenizers, of which a model of content takes the one with the name of its training; none unless added. <see cref="UnicodeTokenizer"/> need not be there.</summary>
    /// <remarks>
    /// A file holds the name of a tokenizer, and no code. A model whose tokenizer is not here still scores the items that it was trained on, but takes no text apart: items that came into the catalog after the training, and texts of offers,
    /// say nothing to it. <see cref="ContentModel.HasTokenizer"/> tells, and publishing such a model logs a warning.
    /// </remarks>
    public IList<ITextTokenizer> Tokenizers { get; } = [];

    /// <summary>The tokenizer of a name; null where there is none.</summary>
    internal ITextTokenizer? TokenizerOf(string name)
    {
        var builtIn = new UnicodeTokenizer();
        return Tokenizers.FirstOrDefault(tokenizer => tokenizer?.Name == name) ?? (name == builtIn.Name ? builtIn : null);
    }
}
