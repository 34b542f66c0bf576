using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Ranking;

namespace PromoRec.DependencyInjection;

/// <summary>A log that tells ranking, and profiles where the host has added them, what was appended, so that the next request answers to it.</summary>
internal sealed class RankingInteractionLog(
    IInteractionLog log, RecentActivity activity, CustomerProfiles? profiles, InteractionWeights weights, TimeProvider time) : IInteractionLog
{
    public async ValueTask AppendAsync(IReadOnlyList<Interaction> batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);

        // The caller may reuse its list while the log waits.
        Interaction[] appended = [.. batch];
        await log.AppendAsync(appended, cancellationToken).ConfigureAwait(false);

        // Only what the log has accepted counts; then it counts even if the caller has lost interest.
        foreach (IGrouping<UserId, Interaction> customer in appended.GroupBy(interaction => interaction.User))
        {
            activity.Record(customer.Key, [.. customer.Select(ToEvent)]);
        }

        profiles?.AddWhereValid(appended);
    }

    public IAsyncEnumerable<Interaction> ReadAsync(CancellationToken cancellationToken = default) => log.ReadAsync(cancellationToken);

    private CustomerEvent ToEvent(Interaction interaction)
    {
        // As in a dataset: an event with a negative value is a return, and the customer does not have what it names.
        bool isConsumption = interaction.Value >= 0 && (interaction.Kind == InteractionKind.Purchase || interaction.Kind == InteractionKind.Redeem);
        return new CustomerEvent(interaction.Item, interaction.Offer, ValueOf(interaction), isConsumption, interaction.EventId) { Day = (int)(interaction.At.UtcTicks / TimeSpan.TicksPerDay) };
    }

    private float ValueOf(in Interaction interaction)
    {
        if (!weights.TryGet(interaction.Kind, out InteractionWeight weight))
        {
            return 0;
        }

        // A time that is not known is the default; such an event does not fade.
        double decay = interaction.At == default ? 1 : weight.DecayAt(time.GetUtcNow() - interaction.At);
        float value = (float)(interaction.Value * weight.Weight * decay);
        return float.IsFinite(value) ? value : 0;
    }
}
