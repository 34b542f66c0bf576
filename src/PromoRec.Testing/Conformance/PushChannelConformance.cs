using PromoRec.Delivery;
using PromoRec.Testing.Conformance.Channels;

namespace PromoRec.Testing.Conformance;

/// <summary>Everything that <see cref="IPushChannel"/> promises. Derive from it to prove a channel, with a provider that a test can ask and instruct.</summary>
public abstract class PushChannelConformance : ConformanceSuite
{
    /// <summary>The names of all checks, in the order in which to run them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ChannelChecks.All.Select(check => check.Name)];

    /// <summary>What the suite may do with the provider.</summary>
    protected abstract ChannelAbilities Abilities { get; }

    private protected override IReadOnlyList<CheckDefinition> Definitions => ChannelChecks.All;

    /// <summary>Makes a channel whose provider has taken nothing yet and accepts everything. It must reach customers of any id.</summary>
    protected abstract ValueTask<IPushChannel> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Reads what the provider of the channel created last has taken, for <see cref="ChannelAbilities.ShowsDeliveries"/>.</summary>
    protected virtual ValueTask<IReadOnlyList<ProviderDelivery>> ReadDeliveriesAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Override {nameof(ReadDeliveriesAsync)} in {GetType().Name}, because its abilities say that deliveries are shown.");

    /// <summary>Says how the provider of the channel created last behaves from now on, for <see cref="ChannelAbilities.ScriptsProvider"/>.</summary>
    protected virtual ValueTask SetProviderAsync(ProviderBehavior behavior, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Override {nameof(SetProviderAsync)} in {GetType().Name}, because its abilities say that the provider can be instructed.");

    /// <summary>Closes a channel: disposes it unless overridden.</summary>
    protected virtual ValueTask CloseAsync(IPushChannel channel) => Closing.DisposeAsync(channel);

    private protected override string? SkipReasonOf(CheckDefinition definition) => ((ChannelAbilities)definition.Needs & ~Abilities) switch
    {
        ChannelAbilities.None => null,
        ChannelAbilities.ShowsDeliveries => "Nobody can read what the provider has taken (ChannelAbilities.ShowsDeliveries is not set).",
        ChannelAbilities.ScriptsProvider => "Nobody can say how the provider behaves (ChannelAbilities.ScriptsProvider is not set).",
        ChannelAbilities missing => $"The provider lacks {missing} of ChannelAbilities.",
    };

    private protected override async Task RunCheckAsync(CheckDefinition definition, CancellationToken cancellationToken)
    {
        IPushChannel channel = await CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfNotProven(channel);
            ChannelProbe probe = new(channel, ReadDeliveriesAsync, SetProviderAsync, Scale, cancellationToken);
            await ((ChannelCheck)definition).Body(probe).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(channel).ConfigureAwait(false);
        }
    }
}
