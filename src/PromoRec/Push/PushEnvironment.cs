using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Options;
using PromoRec.Push.Engine;

namespace PromoRec.Push;

/// <summary>What the options of policies are checked against.</summary>
internal sealed class PushEnvironment(TimeSpan retention, IEnumerable<ChannelId> channels)
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    private readonly FrozenSet<ChannelId> _channels =
        channels.Concat([ChannelId.AppPush, ChannelId.Email, ChannelId.Sms, ChannelId.InApp, ChannelId.WeChat]).ToFrozenSet();

    /// <summary>Whether a channel is one of the library's or of the host's.</summary>
    public bool Knows(ChannelId channel) => _channels.Contains(channel);

    public void CheckFilter(PushFilter filter, string property, ValidateOptionsResultBuilder result)
    {
        CheckChannels(filter.Channels, property, result);
        if (filter.Categories.Concat(filter.Campaigns).Any(string.IsNullOrEmpty))
        {
            result.AddError("names an empty category or campaign, which no push has; leave a list empty to match everything", property);
        }
    }

    public void CheckChannels(IEnumerable<ChannelId> channels, string property, ValidateOptionsResultBuilder result)
    {
        foreach (ChannelId channel in channels.Where(channel => !Knows(channel)).OrderBy(channel => channel.ToString(), StringComparer.Ordinal))
        {
            result.AddError(
                $"names the channel '{channel}', which is neither one of the library's nor registered; correct the name, or register it with AddPushChannel", property);
        }
    }

    /// <summary>A window that the ledger can count.</summary>
    public void CheckWindow(TimeSpan length, string property, ValidateOptionsResultBuilder result)
    {
        CheckLength(length, property, result);
        if (length > retention && length <= LongestWindow)
        {
            result.AddError(
                $"is {Text(length)}, but the ledger forgets after {Text(retention)}, so it could not count that far back; shorten it, or set LedgerOptions.Retention to as much",
                property);
        }
    }

    public static void CheckLength(TimeSpan length, string property, ValidateOptionsResultBuilder result)
    {
        if (length < ShortestWindow || length > LongestWindow)
        {
            result.AddError($"must be from one minute to 366 days, but is {Text(length)}", property);
        }
    }

    public static void CheckScope(PushScope scope, string? keyName, ValidateOptionsResultBuilder result)
    {
        const PushScope All = PushScope.Channel | PushScope.Category | PushScope.Campaign | PushScope.Offer | PushScope.Key;
        if ((scope & ~All) != 0)
        {
            result.AddError($"must be made of the values of PushScope, but is {(int)scope}", "Scope");
        }

        if (scope.HasFlag(PushScope.Key) && string.IsNullOrEmpty(keyName))
        {
            result.AddError("must name the key to count by, because Scope has Key", "KeyName");
        }
        else if (!scope.HasFlag(PushScope.Key) && keyName is not null)
        {
            result.AddError($"is '{keyName}', but nothing is counted by it; add Key to Scope, or leave it null", "KeyName");
        }
    }

    public static void CheckName(string? name, ValidateOptionsResultBuilder result)
    {
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > PushPolicySet.MaxNameLength || name.Any(char.IsControl)))
        {
            result.AddError($"must have 1 to {PushPolicySet.MaxNameLength} printable characters, or be null for a name made of the rule", "Name");
        }
    }

    private static string Text(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#####} days");
}
