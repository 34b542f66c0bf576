using PromoRec.Consent.Packs;

namespace PromoRec.DependencyInjection;

/// <summary>A change of the jurisdiction packs that are shipped. Registered in the order in which they are made.</summary>
/// <param name="Apply">Makes it.</param>
internal sealed record PackChange(Func<JurisdictionPacks, JurisdictionPacks> Apply);
