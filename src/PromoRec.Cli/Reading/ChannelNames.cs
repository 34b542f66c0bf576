namespace PromoRec.Cli.Reading;

/// <summary>The channels that files may name: the library's own and those of the policy file.</summary>
internal sealed class ChannelNames
{
    private static readonly ChannelId[] Own = [ChannelId.AppPush, ChannelId.Email, ChannelId.Sms, ChannelId.WeChat, ChannelId.InApp];

    private readonly ChannelId[] _all;

    /// <param name="ofTheShop">The shop's own channels.</param>
    public ChannelNames(IEnumerable<ChannelId> ofTheShop) => _all = [.. Own.Concat(ofTheShop).Distinct()];

    /// <summary>All channels, the library's first.</summary>
    public IReadOnlyList<ChannelId> All => _all;

    public ChannelId? Find(string name) => ChannelId.TryParse(name.Trim(), out ChannelId channel) && _all.Contains(channel) ? channel : null;

    /// <summary>What is wrong with a name that is none of them.</summary>
    public string Unknown(string name)
    {
        string[] names = [.. _all.Select(channel => channel.ToString())];
        return $"there is no channel '{Excerpt.Of(name)}'.{Suggestion.For(name, names)} The channels are {string.Join(", ", names)}; one of your own goes into \"channels\" of the policy file.";
    }
}
