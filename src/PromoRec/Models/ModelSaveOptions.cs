namespace PromoRec.Models;

/// <summary>What a model file holds.</summary>
public sealed class ModelSaveOptions
{
    /// <summary>Whether the customers' interactions are saved with the factors. True unless set.</summary>
    /// <remarks>
    /// Without them the file says less about each customer, but the loaded model cannot explain a score by past interactions and does
    /// not know what to hide as purchased or redeemed. Customer ids and customer factors are saved in any case.
    /// </remarks>
    public bool IncludeHistory { get; set; } = true;
}
