using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql.Consents;

/// <summary>One call that reads or changes one customer's consent ledger.</summary>
internal abstract class ConsentOperation(UserId userId) : Operation(userId)
{
    /// <summary>The ledger, while it is being served.</summary>
    public ConsentSlot? Slot { get; set; }

    /// <summary>Asks the ledger and keeps the answer. It is asked again when somebody else changed it meanwhile.</summary>
    public abstract void Decide(ConsentSlot slot);

    /// <summary>Gives the answer that was kept.</summary>
    public abstract void Answer();
}
