using System.Diagnostics.Metrics;

namespace PromoRec.Diagnostics;

/// <summary>The instruments of the meter "PromoRec". Their names are public API; no tag names a customer, an item or an offer.</summary>
internal static class PromoRecMeter
{
    public const string Name = "PromoRec";

    private static readonly Meter Meter = new(Name);

    public static Histogram<double> RankDuration { get; } =
        Meter.CreateHistogram<double>("promorec.rank.duration", "s", "Time one ranking took, by the tier that answered.");

    public static Counter<long> RankedOffers { get; } =
        Meter.CreateCounter<long>("promorec.rank.offers", "{offer}", "Offers returned by rankings, by the tier that answered.");

    public static Counter<long> ExcludedOffers { get; } =
        Meter.CreateCounter<long>("promorec.rank.excluded", "{offer}", "Offers that rankings left out, by reason.");

    public static Counter<long> ModelsPublished { get; } =
        Meter.CreateCounter<long>("promorec.model.published", "{model}", "Models put into use.");

    public static Counter<long> CatalogsCompiled { get; } =
        Meter.CreateCounter<long>("promorec.catalog.compiled", "{catalog}", "Catalog snapshots put into use.");

    public static Counter<long> CatalogsRefused { get; } =
        Meter.CreateCounter<long>("promorec.catalog.refused", "{catalog}", "Changed catalogs that could not be read or had faults.");

    public static Counter<long> PushDecisions { get; } =
        Meter.CreateCounter<long>("promorec.push.decisions", "{decision}", "Decisions about pushes, by outcome and reason.");
}
