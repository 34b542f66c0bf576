using System.Collections.Immutable;
using FsCheck.Fluent;
using PromoRec.Push.Ledger;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Ledger;

public sealed class AccountCodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_read_is_what_was_written() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<int>().Select(HistoryOf).ToArbitrary(), history => Same(history, AccountCodec.Read(AccountCodec.Write(history), Now)))
            .Holds();

    [Fact]
    public void Every_cut_is_refused()
    {
        byte[] bytes = AccountCodec.Write(HistoryOf(7));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(LedgerFault.Corrupt, Assert.Throws<LedgerUnavailableException>(() => AccountCodec.Read(bytes.AsSpan(0, length), Now)).Fault);
        }

        Assert.Contains("bytes follow", Assert.Throws<LedgerUnavailableException>(() => AccountCodec.Read([.. bytes, 0], Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_refused_or_read_but_never_breaks_the_reader()
    {
        byte[] bytes = AccountCodec.Write(HistoryOf(11));
        for (int i = 0; i < bytes.Length; i++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. bytes];
                changed[i] = (byte)value;
                try
                {
                    Assert.NotNull(AccountCodec.Read(changed, Now));
                }
                catch (LedgerUnavailableException refused)
                {
                    Assert.NotEmpty(refused.Message);
                }
            }
        }
    }

    [Fact]
    public void A_later_format_is_refused_as_such()
    {
        byte[] bytes = AccountCodec.Write(HistoryOf(3));
        bytes[0]++;

        LedgerUnavailableException refused = Assert.Throws<LedgerUnavailableException>(() => AccountCodec.Read(bytes, Now));

        Assert.Equal(LedgerFault.IncompatibleSchema, refused.Fault);
        Assert.Equal(PromoRecErrorCode.IncompatibleStore, refused.Code);
    }

    [Fact]
    public void Ten_sends_of_one_campaign_take_less_than_six_hundred_bytes()
    {
        ImmutableArray<LedgerLabel> labels = [.. Enumerable.Range(0, 5).Select(i => LedgerLabel.Of("label", $"{i}"))];
        LedgerEntry[] entries =
        [
            .. Enumerable.Range(0, 10).Select(i => new LedgerEntry
            {
                Key = $"0123456789012345678{i}",
                Content = 1,
                At = Now.AddHours(i),
                ExpiresAt = Now.AddHours(i).AddMinutes(15),
                State = ReservationState.Committed,
                Labels = labels,
            }),
        ];

        Assert.InRange(AccountCodec.Write(new CustomerHistory(Now, [.. entries])).Length, 1, 600);
    }

    private static CustomerHistory HistoryOf(int seed)
    {
        Random random = new(seed);
        LedgerEntry[] entries = [.. Enumerable.Range(0, random.Next(6)).Select(i => EntryOf(random, i))];
        bool forgot = random.Next(2) == 0;
        return new CustomerHistory(Now, [.. entries.OrderBy(entry => entry.At)])
        {
            ConsentVersion = random.NextInt64(long.MaxValue),
            IsErased = random.Next(4) == 0,
            ForgottenThrough = forgot ? Now.AddTicks(-random.NextInt64(1L << 50)) : null,
            Forgotten = forgot ? [new ForgottenCount(LabelsOf(random), random.Next(1, int.MaxValue))] : [],
        };
    }

    private static LedgerEntry EntryOf(Random random, int index)
    {
        DateTimeOffset at = Now.AddTicks(random.NextInt64(-(1L << 55), 1L << 55));
        return new LedgerEntry
        {
            Key = $"ключ-{index}",
            Content = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            At = at,
            ExpiresAt = random.Next(5) == 0 ? DateTimeOffset.MaxValue : at.AddTicks(random.NextInt64(1L << 40)),
            State = (ReservationState)random.Next(4),
            OnExpiry = (ExpiryAction)random.Next(2),
            Labels = LabelsOf(random),
            ShortLabels = LabelsOf(random),
            Budgets = [.. Enumerable.Range(0, random.Next(3)).Select(i => new BudgetHold($"offer:{i}", $"2026-{i}", random.NextInt64(long.MaxValue), random.Next()))],
            Refunds = [.. Enumerable.Range(0, random.Next(3)).Select(i => $"refund {i}")],
        };
    }

    private static ImmutableArray<LedgerLabel> LabelsOf(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => new LedgerLabel((ulong)random.NextInt64()))];

    private static bool Same(CustomerHistory expected, CustomerHistory actual)
    {
        Assert.Equal(expected.ConsentVersion, actual.ConsentVersion);
        Assert.Equal(expected.IsErased, actual.IsErased);
        Assert.Equal(expected.ForgottenThrough, actual.ForgottenThrough);
        Assert.Equal(expected.Forgotten.Select(dropped => (string.Join(',', dropped.Labels), dropped.Count)), actual.Forgotten.Select(dropped => (string.Join(',', dropped.Labels), dropped.Count)));
        Assert.Equal(expected.Entries.Select(Text), actual.Entries.Select(Text));
        return true;
    }

    private static string Text(LedgerEntry entry) =>
        $"{entry.Key} {entry.Content} {entry.At:O} {entry.ExpiresAt:O} {entry.State} {entry.OnExpiry} {string.Join(',', entry.Labels)} {string.Join(',', entry.ShortLabels)} "
        + $"{string.Join(',', entry.Budgets)} {string.Join(',', entry.Refunds)}";
}
