using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Offers are ranked by factors.</summary>
internal static class OfferModel
{
    /// <exception cref="UsageException">The model has no factors.</exception>
    public static FactorModel Of(RecommendationModel model) => model as FactorModel
        ?? throw new UsageException($"--offers needs a model of factors, but this one is of the family '{model.Manifest.Algorithm}'. Train one with --algorithm als, or rank items without --offers.");
}
