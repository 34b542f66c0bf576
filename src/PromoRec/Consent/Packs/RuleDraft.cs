namespace PromoRec.Consent.Packs;

/// <summary>A channel's rule while it is read.</summary>
internal sealed class RuleDraft
{
    public ConsentNeed? Need { get; set; }

    public bool PerTopic { get; set; }

    public bool NeedsPermission { get; set; }

    public TransactionalRule Transactional { get; set; }

    public RevokeScope Revoke { get; set; }

    public ConsentDuties Duties { get; set; }

    public RuleDraft Copy() => (RuleDraft)MemberwiseClone();

    public ChannelRule ToRule() => new()
    {
        Need = Need!.Value,
        PerTopic = PerTopic,
        NeedsPermission = NeedsPermission,
        Transactional = Transactional,
        Revoke = Revoke,
        Duties = Duties,
    };
}
