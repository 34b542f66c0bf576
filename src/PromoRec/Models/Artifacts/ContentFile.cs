using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Models.Content;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>What a file of a model of content holds beside what every model has.</summary>
internal static class ContentFile
{
    private const string Tokenizer = "content.tokenizer";
    private const string Sublinear = "content.sublinear";
    private const string EmbeddingLength = "content.embedding_length";
    private const string WeightPrefix = "content.weight.";
    private const string Terms = "terms";
    private const string Rarity = "terms.rarity";
    private const string Numbers = "numbers";
    private const string Centres = "numbers.centre";
    private const string Spreads = "numbers.spread";
    private const string Vectors = "items.terms";

    private static readonly string[] FieldNames = ["text", "category", "brand", "tag", "number", "embedding"];

    public static void AddMetadata(SortedDictionary<string, string> entries, ContentModel model)
    {
        entries[Tokenizer] = model.Rules.Tokenizer;
        entries[Sublinear] = ModelMetadata.Text(model.Rules.HasSublinearCounts);
        entries[EmbeddingLength] = model.Rules.EmbeddingLength.ToString(CultureInfo.InvariantCulture);
        for (int field = 0; field < FieldNames.Length; field++)
        {
            entries[WeightPrefix + FieldNames[field]] = ModelMetadata.Text(model.Rules.Weights[field]);
        }
    }

    public static void AddTensors(List<TensorData> tensors, ContentModel model)
    {
        ContentVocabulary vocabulary = model.Vocabulary;
        ModelWriter.AddIds(tensors, Terms, vocabulary.Terms);
        tensors.Add(TensorData.Of<float>(Rarity, () => vocabulary.Rarity.Span, vocabulary.Rarity.Length));
        ModelWriter.AddIds(tensors, Numbers, vocabulary.Numbers);
        tensors.Add(TensorData.Of<float>(Centres, () => vocabulary.Centres.Span, vocabulary.Centres.Length));
        tensors.Add(TensorData.Of<float>(Spreads, () => vocabulary.Spreads.Span, vocabulary.Spreads.Length));
        ModelWriter.AddMatrix(tensors, Vectors, model.Vectors, withValues: true);
    }

    public static Func<TensorSource, ModelParts, RecommendationModel> Read(ArtifactBytes bytes, TensorFile file, ModelLoadOptions options, bool verify)
    {
        string tokenizer = ModelMetadata.Required(bytes, file, Tokenizer);
        int embedding = int.TryParse(ModelMetadata.Required(bytes, file, EmbeddingLength), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : throw ModelMetadata.Malformed(bytes, EmbeddingLength, "a whole number, 0 or above");
        double[] weights = Array.ConvertAll(
            FieldNames,
            name => ModelMetadata.NotNegative(bytes, file, WeightPrefix + name) is var weight and <= ContentRules.MostWeight ? weight : throw ModelMetadata.Malformed(bytes, WeightPrefix + name, "a weight up to 1,000,000"));
        var rules = new ContentRules(tokenizer, ModelMetadata.Flag(bytes, file, Sublinear), weights, embedding);
        ITextTokenizer? known = options.TokenizerOf(tokenizer);
        return (tensors, parts) =>
        {
            ContentVocabulary vocabulary = ReadVocabulary(tensors, verify);
            CsrMatrix vectors = ModelReader.ReadMatrix(tensors, Vectors, parts.Items.Count, vocabulary.Terms.Count, withValues: true, verify);
            return new ContentModel(parts.Users, parts.Items, vectors, vocabulary, rules, known, parts.History, parts.Manifest);
        };
    }

    private static ContentVocabulary ReadVocabulary(TensorSource tensors, bool verify)
    {
        IdIndex terms = ModelReader.ReadIds(tensors, Terms, verify);
        Memory<float> rarity = tensors.Vector<float>(Rarity, terms.Count, out TensorEntry rarityEntry);
        IdIndex numbers = ModelReader.ReadIds(tensors, Numbers, verify);
        Memory<float> centres = tensors.Vector<float>(Centres, numbers.Count, out TensorEntry centresEntry);
        Memory<float> spreads = tensors.Vector<float>(Spreads, numbers.Count, out TensorEntry spreadsEntry);
        if (verify)
        {
            ContentChecks.Finite(tensors.Bytes, rarityEntry, rarity.Span);
            ContentChecks.NotNegative(tensors.Bytes, rarityEntry, rarity.Span);
            ContentChecks.Finite(tensors.Bytes, centresEntry, centres.Span);
            ContentChecks.Finite(tensors.Bytes, spreadsEntry, spreads.Span);
            ContentChecks.NotNegative(tensors.Bytes, spreadsEntry, spreads.Span);
        }

        return new ContentVocabulary(terms, rarity, numbers, centres, spreads);
    }
}
