using System.Collections.Concurrent;
using PromoRec.Push.Ledger;
using PromoRec.Testing.Tests.Conformance.Broken;

namespace Shop.Tests;

/// <summary>A host's ledger, as far as the guide needs one: its data outlive it, under a name.</summary>
internal sealed class ShopLedger : DelegatingLedger
{
    private static readonly ConcurrentDictionary<string, InMemoryReservationLedger> Data = new();

    private ShopLedger(IReservationLedger data)
        : base(data)
    {
    }

    public static ShopLedger Open(string name, TimeProvider clock) => new(Data.GetOrAdd(name, _ => new InMemoryReservationLedger(timeProvider: clock)));
}
