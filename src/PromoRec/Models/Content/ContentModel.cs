using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Content;

/// <summary>Scores an item by how like it is, in words, categories, brand, tags, numbers or embedding, to what a customer has. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// Every item is a vector x of length 1, and a customer is p = Σ vⱼ xⱼ over the items j that they have with the values v: score(u, i) = p·xᵢ / |p|, from -1 to 1. It needs nobody to have done anything with
/// an item: whatever stands in the catalog is scored, and has neighbours, at once. Source: Pazzani and Billsus, "Content-based recommendation systems", in The Adaptive Web, 2007. Formulas: docs/math/content.md.
/// </remarks>
public sealed class ContentModel : RecommendationModel
{
    private readonly CsrMatrix _byTerm;
    private readonly ITextTokenizer? _tokenizer;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items of the dataset and the catalog.</param>
    /// <param name="vectors">Items × terms; each row has length 1, or is empty where nothing is said of the item.</param>
    /// <param name="vocabulary">The terms.</param>
    /// <param name="rules">How items became vectors.</param>
    /// <param name="tokenizer">Takes texts apart; null where it is not known.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal ContentModel(IdIndex users, IdIndex items, CsrMatrix vectors, ContentVocabulary vocabulary, ContentRules rules, ITextTokenizer? tokenizer, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest)
    {
        Vectors = vectors;
        Vocabulary = vocabulary;
        Rules = rules;
        _byTerm = vectors.Transpose();
        _tokenizer = tokenizer;
    }

    /// <summary>Number of terms by which items are compared.</summary>
    public int TermCount => Vocabulary.Terms.Count;

    /// <summary>The name of the tokenizer of the training.</summary>
    public string TokenizerName => Rules.Tokenizer;

    /// <summary>Whether that tokenizer is at hand, so that items which came after the training, and texts of offers, can be compared; false for a model that was loaded without it.</summary>
    /// <remarks>Give the host's own tokenizer with <see cref="ModelLoadOptions.Tokenizers"/>.</remarks>
    public bool HasTokenizer => _tokenizer is not null;

    internal CsrMatrix Vectors { get; }

    internal ContentVocabulary Vocabulary { get; }

    internal ContentRules Rules { get; }

    /// <summary>Makes vectors of what the model has not seen; null where the tokenizer of the training is not known.</summary>
    internal ContentVectorizer? Vectorizer => _tokenizer is null ? null : new ContentVectorizer(Vocabulary, Rules, _tokenizer);

    internal override RankTier Tier => RankTier.Content;

    /// <inheritdoc/>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        ReadOnlySpan<int> rows = History.ByUser.ColumnsOf(userRow);
        ReadOnlySpan<float> values = History.ByUser.ValuesOf(userRow);
        double length = ProfileOf(userRow).Length;
        List<(int ItemRow, double Contribution)> contributions = [];
        for (int i = 0; i < rows.Length; i++)
        {
            double product = Terms(rows[i], itemRow).Sum(term => term.Product);
            if (product != 0 && length > 0)
            {
                contributions.Add((rows[i], values[i] * product / length));
            }
        }

        ScoreExplanation explanation = ExplanationOf(contributions);
        GC.KeepAlive(this);
        return explanation;
    }

    /// <summary>The terms that carry a customer's score for an item, the largest first; they add up to it. Null when the model knows one of the two not.</summary>
    public IReadOnlyList<SharedTerm>? ExplainByTerms(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        ContentProfile profile = ProfileOf(userRow);
        SharedTerm[] terms = Named(Common(profile.Terms, profile.Values, Vectors.ColumnsOf(itemRow), Vectors.ValuesOf(itemRow)));
        GC.KeepAlive(this);
        return terms;
    }

    /// <summary>The terms that two items share, the largest first; they add up to the similarity. Empty when the model knows one of the two not.</summary>
    public IReadOnlyList<SharedTerm> SharedTerms(ItemId item, ItemId other)
    {
        SharedTerm[] terms = Items.TryGetRow(item.Value, out int row) && Items.TryGetRow(other.Value, out int otherRow) ? Named(Terms(row, otherRow)) : [];
        GC.KeepAlive(this);
        return terms;
    }

    /// <summary>The items of the model most like one that it need not know, compared by the terms and their rarity as they were when it was trained.</summary>
    /// <remarks>Order: similarity descending, then id ascending (ordinal). Items with which it shares nothing are left out, and so is the item itself.</remarks>
    /// <param name="item">What is said about the item.</param>
    /// <param name="count">How many to return, 0 or more.</param>
    /// <param name="embedding">Its embedding; <see cref="Item.Embedding"/> unless given, where that has the length of those of the training.</param>
    /// <param name="tokenizer">The tokenizer of the training; only needed where <see cref="HasTokenizer"/> is false.</param>
    /// <exception cref="ArgumentException">The embedding has another length than those of the training, or a number that is not finite; or the tokenizer is not that of the training.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The tokenizer of the training is not known; give it.</exception>
    public IReadOnlyList<ScoredItem> SimilarItems(Item item, int count, ReadOnlyMemory<float> embedding = default, ITextTokenizer? tokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!embedding.IsEmpty && (embedding.Length != Rules.EmbeddingLength || !TensorPrimitives.IsFiniteAll(embedding.Span)))
        {
            throw new ArgumentException($"The embedding has {embedding.Length} numbers, and all must be finite; those of the training have {Rules.EmbeddingLength}.", nameof(embedding));
        }

        var vectorizer = new ContentVectorizer(Vocabulary, Rules, TokenizerOr(tokenizer));
        (int[] columns, float[] values) = vectorizer.Vectorize(item, embedding.IsEmpty ? EmbeddingOf(item) : embedding.Span);
        var similarities = new float[ItemCount];
        FillSimilarities(columns, values, similarities);
        if (!item.Id.IsEmpty && Items.TryGetRow(item.Id.Value, out int own))
        {
            similarities[own] = float.NaN;
        }

        var buffer = new ScoredRow[Math.Min(count, ItemCount)];
        var top = new TopK(buffer);
        top.AddRange(0, similarities);
        ScoredItem[] similar = Array.ConvertAll(buffer[..top.Finish()], each => new ScoredItem(new ItemId(Items.IdAt(each.Row)), each.Score));
        GC.KeepAlive(this);
        return similar;
    }

    /// <summary>The items most like an offer: its text, and the categories and brands at which it aims.</summary>
    /// <inheritdoc cref="SimilarItems(Item, int, ReadOnlyMemory{float}, ITextTokenizer?)"/>
    /// <param name="offer">The offer.</param>
    /// <param name="count">How many to return, 0 or more.</param>
    /// <param name="tokenizer">The tokenizer of the training; see there.</param>
    public IReadOnlyList<ScoredItem> SimilarItems(Offer offer, int count, ITextTokenizer? tokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return SimilarItems(
            new Item
            {
                Id = default,
                Text = offer.Text,
                Categories = [.. offer.Targets.Where(target => target.Kind == OfferTargetKind.Category).Select(target => target.Name)],
                Brand = offer.Targets.FirstOrDefault(target => target.Kind == OfferTargetKind.Brand)?.Name,
            },
            count,
            tokenizer: tokenizer);
    }

    /// <summary>The embedding of an item, where it has as many numbers as those of the training; otherwise none.</summary>
    internal ReadOnlySpan<float> EmbeddingOf(Item item) => item.Embedding.Length == Rules.EmbeddingLength ? item.Embedding.Span : [];

    internal override float ScoreOf(int userRow, int itemRow)
    {
        ContentProfile profile = ProfileOf(userRow);
        return CommonTerms.Sum(profile.Terms, profile.Values, Vectors.ColumnsOf(itemRow), Vectors.ValuesOf(itemRow));
    }

    internal override void ScoreAll(int userRow, Span<float> scores) => ScoreAll(ProfileOf(userRow), scores);

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        ScoreAll(ContentProfile.Of(Vectors, itemRows, values), scores);
        return TensorPrimitives.IsFiniteAll<float>(scores);
    }

    private void ScoreAll(in ContentProfile profile, Span<float> scores)
    {
        scores.Clear();
        for (int i = 0; i < profile.Terms.Length; i++)
        {
            CommonTerms.AddScaled(profile.Values[i], _byTerm.ColumnsOf(profile.Terms[i]), _byTerm.ValuesOf(profile.Terms[i]), scores);
        }
    }

    internal override void FillSimilarities(int itemRow, Span<float> similarities) =>
        FillSimilarities(Vectors.ColumnsOf(itemRow), Vectors.ValuesOf(itemRow), similarities);

    private void FillSimilarities(ReadOnlySpan<int> terms, ReadOnlySpan<float> values, Span<float> similarities)
    {
        var product = new SparseProduct(_byTerm);
        similarities.Fill(float.NaN);
        foreach (int other in product.Multiply(terms, values))
        {
            similarities[other] = product.SumOf(other);
        }
    }

    private ContentProfile ProfileOf(int userRow) => ContentProfile.Of(Vectors, History.ByUser.ColumnsOf(userRow), History.ByUser.ValuesOf(userRow));

    private List<(int Term, double Product)> Terms(int row, int other) => Common(Vectors.ColumnsOf(row), Vectors.ValuesOf(row), Vectors.ColumnsOf(other), Vectors.ValuesOf(other));

    private static List<(int Term, double Product)> Common(ReadOnlySpan<int> xTerms, ReadOnlySpan<float> x, ReadOnlySpan<int> yTerms, ReadOnlySpan<float> y)
    {
        List<(int Term, double Product)> common = [];
        for (int i = 0; i < xTerms.Length; i++)
        {
            int at = yTerms.BinarySearch(xTerms[i]);
            if (at >= 0)
            {
                common.Add((xTerms[i], (double)x[i] * y[at]));
            }
        }

        return common;
    }

    private SharedTerm[] Named(List<(int Term, double Product)> terms) =>
    [
        .. terms
            .Select(each => (Name: ContentTerm.Parse(Vocabulary.Terms.IdAt(each.Term).ToString()) ?? default, each.Product))
            .GroupBy(each => each.Name)
            .Select(group => new SharedTerm(group.Key.Field, group.Key.Term ?? string.Empty, group.Sum(each => each.Product)))
            .OrderByDescending(term => term.Contribution).ThenBy(term => term.Field).ThenBy(term => term.Term, StringComparer.Ordinal),
    ];

    private ITextTokenizer TokenizerOr(ITextTokenizer? given)
    {
        if (given is not null && given.Name != Rules.Tokenizer)
        {
            throw new ArgumentException($"The tokenizer is '{given.Name}', but the model was trained with '{Rules.Tokenizer}', which has other terms.", nameof(given));
        }

        return given ?? _tokenizer ?? throw new InvalidOperationException($"The model was trained with the tokenizer '{Rules.Tokenizer}', which no file can hold. Give it to this call, or with {nameof(ModelLoadOptions)}.{nameof(ModelLoadOptions.Tokenizers)} when the model is loaded.");
    }
}
