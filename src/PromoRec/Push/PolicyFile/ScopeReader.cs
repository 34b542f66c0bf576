using System.Text.Json;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads what a cap or gap counts on its own: a list such as ["channel", "category"] or ["key:brand"].</summary>
internal sealed class ScopeReader(FileContext file)
{
    private const string KeyPrefix = "key:";

    private static readonly (string Word, PushScope Value)[] Words =
    [
        ("channel", PushScope.Channel), ("category", PushScope.Category), ("campaign", PushScope.Campaign), ("offer", PushScope.Offer),
    ];

    /// <param name="value">The list.</param>
    /// <param name="take">Takes the scope and the host's key, if all of it could be read.</param>
    public void Read(LocatedJson value, Action<PushScope, string?> take)
    {
        int before = file.Faults.Count;
        PushScope scope = PushScope.Global;
        string? key = null;
        foreach (LocatedJson item in file.Values.Items(value, "a list out of 'channel', 'category', 'campaign', 'offer' and 'key:NAME'"))
        {
            Read(item, ref scope, ref key);
        }

        file.RefuseEmpty(value, "leave it out to count all pushes of a customer together");
        if (file.Faults.Count == before)
        {
            take(scope, key);
        }
    }

    private void Read(LocatedJson item, ref PushScope scope, ref string? key)
    {
        PushScope added = PushScope.Global;
        if (item.Kind == JsonValueKind.String && item.Text.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            added = PushScope.Key;
            string name = item.Text[KeyPrefix.Length..];
            if (string.IsNullOrWhiteSpace(name))
            {
                file.Faults.Add(item, "is 'key:' without a name; write the name of one of your keys behind it, such as 'key:brand'");
            }

            key ??= name;
        }
        else if (file.Values.Word<PushScope>(item, [.. Words, ("key:NAME", PushScope.Key)]) is { } found)
        {
            added = found;
        }

        if (added != PushScope.Global && scope.HasFlag(added))
        {
            file.Faults.Add(item, $"is {item.Description}, but {(added == PushScope.Key ? "only one key can be counted by" : "that is in the list already")}; leave one out");
        }

        scope |= added;
    }
}
