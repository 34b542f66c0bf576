using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using PromoRec.Consent;
using PromoRec.Delivery;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance;

/// <summary>Shows that no store and no channel goes without its suite.</summary>
public static class ConformanceCoverage
{
    private static readonly (Type Interface, Type Suite)[] Suites =
    [
        (typeof(IReservationLedger), typeof(ReservationLedgerConformance)),
        (typeof(IConsentStore), typeof(ConsentStoreConformance)),
        (typeof(IPushChannel), typeof(PushChannelConformance)),
    ];

    /// <summary>Every class of some assemblies that implements a store or a channel and that no suite of other assemblies says it proves, with the suite that is missing.</summary>
    /// <param name="implementations">Where the stores and channels are.</param>
    /// <param name="suites">Where the suites with <see cref="ProvesAttribute"/> are.</param>
    /// <returns>One text for each; empty when every one has its suites.</returns>
    [RequiresUnreferencedCode("Looks at every class of the assemblies; what was trimmed away is not found.")]
    public static IReadOnlyList<string> Unproven(IEnumerable<Assembly> implementations, IEnumerable<Assembly> suites)
    {
        ArgumentNullException.ThrowIfNull(implementations);
        ArgumentNullException.ThrowIfNull(suites);
        List<(Type Suite, Type Implementation)> proofs =
        [
            .. suites.SelectMany(assembly => assembly.GetTypes())
                .Where(type => !type.IsAbstract)
                .Select(type => (Suite: type, type.GetCustomAttribute<ProvesAttribute>()?.Implementation))
                .Where(proof => proof.Implementation is not null)
                .Select(proof => (proof.Suite, proof.Implementation!)),
        ];
        return
        [
            .. implementations.SelectMany(assembly => assembly.GetTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false })
                .SelectMany(type => Suites.Where(pair => pair.Interface.IsAssignableFrom(type)), (type, pair) => (Type: type, pair.Suite))
                .Where(need => !proofs.Exists(proof => proof.Implementation == need.Type && need.Suite.IsAssignableFrom(proof.Suite)))
                .Select(need => $"{need.Type.Name}: no suite derives from {need.Suite.Name} with [Proves(typeof({need.Type.Name}))].")
                .Order(StringComparer.Ordinal),
        ];
    }
}
