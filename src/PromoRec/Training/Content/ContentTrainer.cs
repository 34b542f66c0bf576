using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PromoRec.Datasets;
using PromoRec.Models.Content;
using PromoRec.Numerics;

namespace PromoRec.Training.Content;

/// <summary>Describes every item of a catalog by the words of its text, its categories, brand, tags and numbers, and by an embedding where the host has one.</summary>
/// <remarks>
/// <para>
/// A term that stands n times in an item's text has the weight n · (ln((1 + N) / (1 + d)) + 1), where d of N items have it; categories, brands and tags likewise, each counted once. Every field is made as
/// long as its weight, and the whole as long as 1. Source: Salton and Buckley, Information Processing &amp; Management 24(5), 1988; the smooth form is that of scikit-learn.
/// </para>
/// <para>
/// A catalog that grew is trained again: that costs O(characters of all texts), seconds for a hundred thousand items, since nothing is iterated. Between two trainings, new items and offers are compared by
/// the terms that the model has, with <see cref="ContentModel.SimilarItems(Item, int, ReadOnlyMemory{float}, ITextTokenizer)"/>. The same data and options give the same model, bit by bit.
/// </para>
/// </remarks>
public sealed class ContentTrainer
{
    private readonly ContentOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public ContentTrainer(ContentOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new ContentOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions, which say what customers have. Items that the catalog does not have are known to the model, but like nothing.</param>
    /// <param name="items">The catalog; each id once. Items that nobody has are scored like all others.</param>
    /// <param name="embeddings">Vectors of items that stand in the place of their <see cref="Item.Embedding"/>; none unless given. All that are used have one length. Those of items that are not in the catalog are passed over.</param>
    /// <param name="progress">Told after every tenth of the work.</param>
    /// <param name="cancellationToken">Stops the training between two items.</param>
    /// <exception cref="ArgumentException">An item is null, has no id or the id of another, or has a negative price; or embeddings have different lengths, or numbers that are not finite.</exception>
    /// <exception cref="TrainingException">Nothing is said about any item by which it could be compared.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ContentModel Train(
        InteractionDataset dataset,
        IReadOnlyList<Item> items,
        IReadOnlyDictionary<ItemId, ReadOnlyMemory<float>>? embeddings = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(items);
        ThrowIfFaulty(items);
        int embeddingLength = LengthOf(items, embeddings);
        StepProgress told = new(Math.Max(1, 2 * items.Count), _timeProvider, progress);
        var builder = new VocabularyBuilder(_options);
        foreach (Item item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(item);
            told.Add(1);
        }

        ContentVocabulary vocabulary = builder.Build(embeddingLength);
        if (vocabulary.Terms.Count == 0)
        {
            throw new TrainingException("Nothing is said about any item by which it could be compared: no text, category, brand, tag, no number that differs, and no embedding. Fill in some of them.");
        }

        ContentRules rules = _options.ToRules(embeddingLength);
        IdIndex ids = CatalogHistory.Items(dataset, items);
        CsrMatrix vectors = Vectors(ids, items, embeddings, new ContentVectorizer(vocabulary, rules, _options.Tokenizer), vocabulary.Terms.Count, told, cancellationToken);
        return new ContentModel(
            dataset.Users, ids, vectors, vocabulary, rules, _options.Tokenizer, CatalogHistory.Of(dataset, ids), TrainedManifest.Create("content", dataset, Manifest(vocabulary, vectors)));
    }

    private static CsrMatrix Vectors(
        IdIndex ids, IReadOnlyList<Item> items, IReadOnlyDictionary<ItemId, ReadOnlyMemory<float>>? embeddings, ContentVectorizer vectorizer, int terms, StepProgress told, CancellationToken cancellationToken)
    {
        var rows = new (int[] Columns, float[] Values)[ids.Count];
        Array.Fill(rows, ([], []));
        foreach (Item item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.TryGetRow(item.Id.Value, out int row);
            rows[row] = vectorizer.Vectorize(item, embeddings is not null && embeddings.TryGetValue(item.Id, out ReadOnlyMemory<float> embedding) ? embedding.Span : item.Embedding.Span);
            told.Add(1);
        }

        var offsets = new long[rows.Length + 1];
        for (int row = 0; row < rows.Length; row++)
        {
            offsets[row + 1] = offsets[row] + rows[row].Columns.Length;
        }

        return offsets[^1] <= Array.MaxLength
            ? new CsrMatrix(terms, offsets, rows.SelectMany(row => row.Columns).ToArray(), rows.SelectMany(row => row.Values).ToArray())
            : throw new TrainingException($"The items have {offsets[^1]:N0} terms together, more than an array holds. Set ContentOptions.MinItems or MaxItemShare, or use shorter embeddings.");
    }

    private static void ThrowIfFaulty(IReadOnlyList<Item> items)
    {
        HashSet<ItemId> ids = [];
        foreach (Item item in items)
        {
            string? fault = item is null ? "is null. Leave it out"
                : item.Id.IsEmpty ? "has no id. Give it one"
                : !ids.Add(item.Id) ? "has the id of another. Give every item one row"
                : item.Price < 0 ? "has a price below 0"
                : null;
            if (fault is not null)
            {
                throw new ArgumentException($"An item of the catalog {fault}.", nameof(items));
            }
        }
    }

    private static int LengthOf(IReadOnlyList<Item> items, IReadOnlyDictionary<ItemId, ReadOnlyMemory<float>>? embeddings)
    {
        int length = 0;
        IEnumerable<ReadOnlyMemory<float>> ofItems = items.Where(item => !item.Embedding.IsEmpty && embeddings?.ContainsKey(item.Id) != true).Select(item => item.Embedding);
        foreach (ReadOnlyMemory<float> embedding in (embeddings?.Values ?? []).Concat(ofItems))
        {
            length = length == 0 ? embedding.Length : length;
            if (embedding.Length == 0 || embedding.Length != length || !TensorPrimitives.IsFiniteAll(embedding.Span))
            {
                throw new ArgumentException($"Embeddings must have one length above 0 and finite numbers, but one has {embedding.Length} after another with {length}, or a number that is not finite.", nameof(embeddings));
            }
        }

        return length;
    }

    private SortedDictionary<string, string> Manifest(ContentVocabulary vocabulary, CsrMatrix vectors)
    {
        // What the shop says about its items is no part of the dataset, so its own fingerprint tells two catalogs apart.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(vocabulary.Terms.Text.Span);
        hash.AppendData(MemoryMarshal.AsBytes(vocabulary.Terms.Offsets.Span));
        hash.AppendData(MemoryMarshal.AsBytes(vectors.Offsets));
        hash.AppendData(MemoryMarshal.AsBytes(vectors.AllColumns));
        hash.AppendData(MemoryMarshal.AsBytes(vectors.AllValues));
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["catalog"] = Convert.ToHexStringLower(hash.GetHashAndReset())[..12],
            ["tokenizer"] = _options.Tokenizer.Name,
            ["min-items"] = TrainedManifest.Text(_options.MinItems),
            ["max-item-share"] = TrainedManifest.Text(_options.MaxItemShare),
            ["max-terms"] = TrainedManifest.Text(_options.MaxTerms),
            ["sublinear"] = TrainedManifest.Text(_options.SublinearCounts),
            ["text-weight"] = TrainedManifest.Text(_options.TextWeight),
            ["category-weight"] = TrainedManifest.Text(_options.CategoryWeight),
            ["brand-weight"] = TrainedManifest.Text(_options.BrandWeight),
            ["tag-weight"] = TrainedManifest.Text(_options.TagWeight),
            ["number-weight"] = TrainedManifest.Text(_options.NumberWeight),
            ["embedding-weight"] = TrainedManifest.Text(_options.EmbeddingWeight),
        };
    }
}
