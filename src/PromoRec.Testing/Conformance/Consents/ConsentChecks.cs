using PromoRec.Consent;

namespace PromoRec.Testing.Conformance.Consents;

/// <summary>All checks of stores of consent.</summary>
internal static class ConsentChecks
{
    private const int Writers = 64;

    public static IReadOnlyList<ConsentStoreCheck> All { get; } =
    [
        new("events-are-appended-in-order", "Events stay in the order in which they were appended, whatever their times, and the version says how many there are.", Order),
        new("events-keep-all-they-say", "An event is read as it was appended, with all its evidence.", Evidence),
        new("events-are-appended-once", "An event whose id is known is skipped, and the first one stays as it was.", Once),
        new("versions-are-exact", "An append that expects another version appends nothing.", Version),
        new("one-writer-wins-each-version", "When many writers expect the same version at once, exactly one of them appends.", OneWinner),
        new("no-event-is-lost-among-writers", "When many writers append at once, every event is there once, and each writer's stay in order.", ManyWriters),
        new("customers-have-ledgers-of-their-own", "Customers that differ in anything have different ledgers.", Apart),
        new("erased-customers-stay-erased", "Erasing leaves no event, and nothing can be appended for good.", Forget),
        new("nothing-is-appended-after-erasure", "When erasure and appending meet, nothing is left afterwards.", ForgetRace),
        new("impossible-events-are-refused-whole", "Events that cannot be ones are refused with an ArgumentException, and nothing is appended.", Impossible),
        new("no-event-is-lost-on-closing", "What was appended before the store was closed is there when it is opened again.", Reopen, StoreAbilities.Durable),
        new("instances-share-each-ledger", "When several instances append at once, exactly one wins each version, and each sees what the others did.", Shared, StoreAbilities.Shared),
    ];

    private static async Task Order(ConsentProbe probe)
    {
        await probe.ExpectEventsAsync(1).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 2, 1, null, ConsentProbe.Event("b", 20), ConsentProbe.Event("a", 10)).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 3, 1, null, ConsentProbe.Event("d", -500)).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 3, 1, null).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 4, 1, 3, ConsentProbe.Event("c", 10)).ConfigureAwait(false);
        await probe.ExpectEventsAsync(1, "b", "a", "d", "c").ConfigureAwait(false);
    }

    private static async Task Evidence(ConsentProbe probe)
    {
        List<ConsentEvent> events =
        [
            ConsentProbe.Event("bare"),
            new()
            {
                EventId = new string('e', 200),
                At = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.FromHours(14)).AddTicks(1_234_567),
                State = ConsentState.SoftOptIn,
                Purpose = ConsentPurpose.Personalization,
                Channel = ChannelId.Sms,
                Topic = "offers/shoes",
                Basis = LegalBasis.ExistingCustomer,
                TextVersion = "2026-03 ü \"quoted\"",
                TextHash = "hash",
                Source = "checkout\n",
                Actor = "",
                Jurisdiction = "DE",
                Sale = new SaleEvidence(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.FromHours(-5)), "seller", "shoes 😀", true),
                TokenHash = "token",
                EncryptedIp = "cipher",
            },
            .. Enum.GetValues<ConsentState>().Select(state => ConsentProbe.Event($"state {state}", state: state)),
            .. Enum.GetValues<LegalBasis>().Select(basis => ConsentProbe.Event($"basis {basis}") with { Basis = basis }),
        ];
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, events.Count, 1, 0, [.. events]).ConfigureAwait(false);
        Expect.Same(events, (await probe.ReadAsync(1).ConfigureAwait(false)).Events, "the events read");
    }

    private static async Task Once(ConsentProbe probe)
    {
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 2, 1, null, ConsentProbe.Event("a"), ConsentProbe.Event("b")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 2, 1, null, ConsentProbe.Event("b"), ConsentProbe.Event("a")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 3, 1, null, ConsentProbe.Event("a", 5, ConsentState.Withdrawn), ConsentProbe.Event("c"), ConsentProbe.Event("c", 7)).ConfigureAwait(false);
        await probe.ExpectEventsAsync(1, "a", "b", "c").ConfigureAwait(false);
        Expect.Same([ConsentProbe.Event("a"), ConsentProbe.Event("b"), ConsentProbe.Event("c")], (await probe.ReadAsync(1).ConfigureAwait(false)).Events, "the events as they were appended first");
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 4, 1, null, ConsentProbe.Event("A")).ConfigureAwait(false);
    }

    private static async Task Version(ConsentProbe probe)
    {
        await probe.ExpectAppendAsync(ConsentAppendStatus.VersionMismatch, 0, 1, 1, ConsentProbe.Event("a")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 1, 1, 0, ConsentProbe.Event("a")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.VersionMismatch, 1, 1, 0, ConsentProbe.Event("b"), ConsentProbe.Event("c")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.VersionMismatch, 1, 1, 2, ConsentProbe.Event("b")).ConfigureAwait(false);
        await probe.ExpectEventsAsync(1, "a").ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 3, 1, 1, ConsentProbe.Event("b"), ConsentProbe.Event("c")).ConfigureAwait(false);
    }

    private static async Task OneWinner(ConsentProbe probe)
    {
        for (int round = 0; round < 20; round++)
        {
            int version = round;
            ConsentAppendResult[] results = await Crowd.DoAsync(
                Writers, Writers, writer => probe.AppendAsync(1, version, ConsentProbe.Event($"round {version} writer {writer}"))).ConfigureAwait(false);

            Expect.Equal(1, results.Count(result => result.Status == ConsentAppendStatus.Appended), "writers that appended");
            Expect.Equal(Writers - 1, results.Count(result => result == new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, version + 1)), "writers that were told the new version");
            int winner = Array.FindIndex(results, result => result.Status == ConsentAppendStatus.Appended);
            Expect.Equal($"round {version} writer {winner}", (await probe.ReadAsync(1).ConfigureAwait(false)).Events[^1].EventId, "the last event");
        }
    }

    private static async Task ManyWriters(ConsentProbe probe)
    {
        const int Each = 8;
        bool[] done = await Crowd.DoAsync(Writers, Writers, async writer =>
        {
            for (int i = 0; i < Each; i += 2)
            {
                // Every append is sent twice, as a caller does that did not hear the answer.
                await probe.AppendAsync(1, null, ConsentProbe.Event($"{writer}/{i}"), ConsentProbe.Event($"{writer}/{i + 1}")).ConfigureAwait(false);
                await probe.AppendAsync(1, null, ConsentProbe.Event($"{writer}/{i}"), ConsentProbe.Event($"{writer}/{i + 1}")).ConfigureAwait(false);
            }

            return true;
        }).ConfigureAwait(false);

        ConsentRecord record = await probe.ReadAsync(1).ConfigureAwait(false);
        Expect.Equal((done.Length * Each, (long)done.Length * Each), (record.Events.Length, record.Version), "how many events there are, and the version");
        foreach (IGrouping<string, string> group in record.Events.Select(each => each.EventId).GroupBy(id => id.Split('/')[0]))
        {
            Expect.Same(Enumerable.Range(0, Each).Select(i => $"{group.Key}/{i}"), group, $"the events of writer {group.Key}");
        }
    }

    private static async Task Apart(ConsentProbe probe)
    {
        string[] names = ["a", "A", "ä", "a\u0308", "ａ", "a ", " a", "a\0", "ss", "ß", "İ", "i", "%", "_", "'", "\\", "😀", new('k', 500)];
        for (int i = 0; i < names.Length; i++)
        {
            await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 2, names[i], 0, ConsentProbe.Event("same"), ConsentProbe.Event($"own {i}")).ConfigureAwait(false);
            await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, i + 1, "one customer", i, ConsentProbe.Event(names[i][..Math.Min(names[i].Length, 200)])).ConfigureAwait(false);
        }

        for (int i = 0; i < names.Length; i++)
        {
            await probe.ExpectEventsAsync(names[i], "same", $"own {i}").ConfigureAwait(false);
        }

        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 1, new UserId(42), 0, ConsentProbe.Event("number")).ConfigureAwait(false);
        await probe.ExpectEventsAsync(new UserId("42"), "number").ConfigureAwait(false);
    }

    private static async Task Forget(ConsentProbe probe)
    {
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 1, 1, null, ConsentProbe.Event("a")).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 1, 2, null, ConsentProbe.Event("a")).ConfigureAwait(false);
        foreach (UserId user in (UserId[])[1, 1, "never seen"])
        {
            await probe.Store.ForgetAsync(user, probe.Token).ConfigureAwait(false);
            ConsentRecord record = await probe.ReadAsync(user).ConfigureAwait(false);
            Expect.Equal((true, 0), (record.IsErased, record.Events.Length), "whether the customer is erased, and how many events are left");
            foreach (long? expected in (long?[])[null, 0, record.Version])
            {
                Expect.Equal(ConsentAppendStatus.Erased, (await probe.AppendAsync(user, expected, ConsentProbe.Event("late")).ConfigureAwait(false)).Status, "appending for an erased customer");
            }

            Expect.Equal(0, (await probe.ReadAsync(user).ConfigureAwait(false)).Events.Length, "events of an erased customer");
        }

        await probe.ExpectEventsAsync(2, "a").ConfigureAwait(false);
    }

    private static async Task ForgetRace(ConsentProbe probe)
    {
        for (int i = 0; i < probe.Scale.Races; i++)
        {
            UserId user = i;
            (ConsentAppendResult append, bool _) = await Crowd.RaceAsync(
                () => probe.AppendAsync(user, null, ConsentProbe.Event("a")),
                async () =>
                {
                    await probe.Store.ForgetAsync(user, probe.Token).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);

            Expect.That(append.Status is ConsentAppendStatus.Appended or ConsentAppendStatus.Erased, $"appending was answered with {append.Status}.");
            ConsentRecord record = await probe.ReadAsync(user).ConfigureAwait(false);
            Expect.Equal((true, 0), (record.IsErased, record.Events.Length), "whether the customer is erased, and how many events are left");
        }
    }

    private static async Task Impossible(ConsentProbe probe)
    {
        ConsentEvent possible = ConsentProbe.Event("possible");
        await Expect.Throws<ArgumentException>(() => probe.AppendAsync(default, null, possible), "appending without a customer").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.ReadAsync(default), "reading without a customer").ConfigureAwait(false);
        foreach (ConsentEvent impossible in (ConsentEvent[])[ConsentProbe.Event(" "), ConsentProbe.Event(new string('e', 201)), possible with { State = (ConsentState)99 }])
        {
            await Expect.Throws<ArgumentException>(() => probe.AppendAsync(1, null, possible, impossible), "appending an impossible event").ConfigureAwait(false);
        }

        await probe.ExpectEventsAsync(1).ConfigureAwait(false);
    }

    private static async Task Reopen(ConsentProbe probe)
    {
        ConsentEvent[] events = [.. Enumerable.Range(0, 20).Select(i => ConsentProbe.Event($"event {i}", i) with { TextVersion = $"text {i}" })];
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 20, 1, null, events).ConfigureAwait(false);
        await probe.Store.ForgetAsync(2, probe.Token).ConfigureAwait(false);

        await probe.ReopenAsync().ConfigureAwait(false);

        Expect.Same(events, (await probe.ReadAsync(1).ConfigureAwait(false)).Events, "the events");
        await probe.ExpectAppendAsync(ConsentAppendStatus.Appended, 20, 1, 20, events[7]).ConfigureAwait(false);
        await probe.ExpectAppendAsync(ConsentAppendStatus.VersionMismatch, 20, 1, 19, ConsentProbe.Event("late")).ConfigureAwait(false);
        Expect.Equal(ConsentAppendStatus.Erased, (await probe.AppendAsync(2, null, ConsentProbe.Event("late")).ConfigureAwait(false)).Status, "appending for an erased customer");
    }

    private static async Task Shared(ConsentProbe probe)
    {
        IConsentStore[] stores = [probe.Store, await probe.OpenBesideAsync().ConfigureAwait(false), await probe.OpenBesideAsync().ConfigureAwait(false)];
        for (int round = 0; round < 20; round++)
        {
            int version = round;
            ConsentAppendResult[] results = await Crowd.DoAsync(
                Writers, Writers, async writer => await stores[writer % 3].AppendAsync(1, [ConsentProbe.Event($"round {version} writer {writer}")], version, probe.Token).ConfigureAwait(false)).ConfigureAwait(false);
            Expect.Equal(1, results.Count(result => result.Status == ConsentAppendStatus.Appended), "writers that appended");
            foreach (IConsentStore store in stores)
            {
                Expect.Equal(version + 1, (await store.ReadAsync(1, probe.Token).ConfigureAwait(false)).Version, "the version that an instance knows");
            }
        }

        await stores[1].ForgetAsync(1, probe.Token).ConfigureAwait(false);
        Expect.Equal(ConsentAppendStatus.Erased, (await stores[2].AppendAsync(1, [ConsentProbe.Event("late")], null, probe.Token).ConfigureAwait(false)).Status, "appending at another instance after erasure");
    }
}
