using Microsoft.Extensions.Logging;

namespace PromoRec.Diagnostics;

/// <summary>Everything this library logs. No message names a customer.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Model {Version} ({Algorithm}) is in use: {Users} customers, {Items} items; {ColdOffers} of {Offers} offers aim at nothing it knows.")]
    public static partial void ModelPublished(ILogger logger, string version, string algorithm, int users, int items, int coldOffers, int offers);

    [LoggerMessage(2, LogLevel.Information, "A catalog of {Offers} offers and {Items} items is in use; {ColdOffers} offers aim at nothing the model knows.")]
    public static partial void CatalogCompiled(ILogger logger, int offers, int items, int coldOffers);

    [LoggerMessage(3, LogLevel.Error, "The changed catalog is refused, and the offers before it stay in use.")]
    public static partial void CatalogRefused(ILogger logger, Exception fault);

    [LoggerMessage(4, LogLevel.Information, "A catalog of {Offers} offers and {Items} items is in use; there is no model yet.")]
    public static partial void CatalogCompiledWithoutModel(ILogger logger, int offers, int items);

    [LoggerMessage(5, LogLevel.Warning, "Model {Version} was loaded without the tokenizer {Tokenizer} of its training: items that came after it, and texts of offers, say nothing. Give the tokenizer with ModelLoadOptions.Tokenizers.")]
    public static partial void TokenizerMissing(ILogger logger, string version, string tokenizer);

    [LoggerMessage(6, LogLevel.Warning, "{Items} items of the catalog have embeddings that are not {Length} numbers long, as those of the training of model {Version} were; those of new items are passed over. Train the model again.")]
    public static partial void EmbeddingsPassedOver(ILogger logger, int items, int length, string version);

    [LoggerMessage(20, LogLevel.Error, "The push policy {Policy} failed with {Fault}; what it was asked about is not sent.")]
    public static partial void PolicyFailed(ILogger logger, string policy, string fault);

    [LoggerMessage(21, LogLevel.Error, "A store of reservations or consent cannot answer ({Fault}), so promotions are not pushed.")]
    public static partial void PushStoreUnavailable(ILogger logger, LedgerFault fault, Exception exception);
}
