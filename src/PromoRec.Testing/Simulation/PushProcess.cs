using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>Decides about pushes and draws what follows from them.</summary>
internal sealed class PushProcess
{
    private const long MinuteMs = 60_000;

    // Shares of a day of sending hours that the least gap takes on average, so that the rate comes out right with it.
    private const double GapDays = 52.0 / 225;
    private const long GapMs = 4 * ShopClock.HourMs;
    private const long ReactionMs = ShopClock.HourMs;

    private readonly ShopWorld _shop;
    private readonly EventBuffer _events;
    private readonly List<SimulatedPush>? _recorded;
    private readonly PushState _state;
    private readonly LoggingPolicy _policy;
    private int _decided;

    public PushProcess(ShopWorld shop, EventBuffer events, List<SimulatedPush>? recorded)
    {
        _shop = shop;
        _events = events;
        _recorded = recorded;
        _state = new PushState(shop);
        _policy = new LoggingPolicy(shop);
    }

    /// <summary>Number of the first push of the hour.</summary>
    public int FirstOfHour { get; private set; }

    public void BeginHour(long hour)
    {
        FirstOfHour = _decided;
        _policy.BeginHour(hour);
        _recorded?.Clear();
    }

    public long First(ref SeededRandom random, int customer)
    {
        ref readonly CustomerTraits traits = ref _shop.Customers.Traits(customer);
        return _shop.Customers.PushesPerDay > 0 && traits.ConsentMask != 0 ? Next(ref random, traits, traits.JoinsAt) : CustomerWorld.Never;
    }

    /// <summary>Decides about one push, and says when the next one is due.</summary>
    public long Run(ref SeededRandom random, int customer, long ms)
    {
        ref readonly CustomerTraits traits = ref _shop.Customers.Traits(customer);
        if (ms + ReactionMs >= traits.ChurnsAt)
        {
            return CustomerWorld.Never;
        }

        _policy.List(ref random, customer, _state);
        bool unsubscribed = _policy.Count > 0 && Decide(ref random, customer, traits, ms);
        return unsubscribed ? CustomerWorld.Never : Next(ref random, traits, ms + GapMs);
    }

    private long Next(ref SeededRandom random, in CustomerTraits traits, long from) =>
        _shop.Clock.Next(ref random, ShopClock.SendingProfile, traits.Zone, 1 / ((1 / _shop.Customers.PushesPerDay) - GapDays), from);

    private bool Decide(ref SeededRandom random, int customer, in CustomerTraits traits, long ms)
    {
        int choice = _policy.Pick(ref random);
        OfferPlan offer = _shop.Offers[_policy.Offer(choice)];
        SimulatedChannel channel = PickChannel(ref random, traits.ConsentMask);
        double fatigue = _state.Fatigue(customer, ms);
        PushOdds odds = _shop.Truth.Push(customer, offer, _policy.Affinity(choice), ms, channel, fatigue);

        bool sent = random.NextDouble() >= _shop.Options.HoldoutShare;
        int number = _decided++;
        int sequence = _events.Add(sent ? EventCode.Impression : EventCode.HeldBack, customer, -1, offer.Number, number, 1, ms);
        bool redeemed = random.NextDouble() < (sent ? odds.RedeemIfPushed : odds.RedeemIfNotPushed);
        long? redeemedAt = redeemed ? Redeem(ref random, customer, traits, offer, number, ms) : null;

        // Given redemption, and given none, the shares that make the marginal probabilities of the odds.
        double click = redeemed ? ShopTruth.ClickIfRedeemed : (odds.Click - (odds.RedeemIfPushed * ShopTruth.ClickIfRedeemed)) / (1 - odds.RedeemIfPushed);
        bool clicked = sent && random.NextDouble() < click;
        bool canDismiss = sent && !redeemed && !clicked;
        bool dismissed = canDismiss && random.NextDouble() < odds.Dismiss / ((1 - odds.RedeemIfPushed) * (1 - click));
        bool unsubscribed = dismissed && random.NextDouble() < odds.Unsubscribe / odds.Dismiss;

        // Reactions come within 40 minutes, and a click before the redemption, which takes at least ten.
        long reaction = ms + 1_000 + (long)(random.NextDouble() * (redeemed ? 9 : 40) * MinuteMs);
        if (clicked || dismissed)
        {
            _events.Add(clicked ? EventCode.Click : EventCode.Dismiss, customer, -1, offer.Number, number, 1, reaction);
        }

        if (unsubscribed)
        {
            _events.Add(EventCode.Unsubscribe, customer, -1, offer.Number, number, 1, reaction + 1_000);
        }

        _recorded?.Add(new SimulatedPush
        {
            Number = number,
            Customer = customer,
            UserId = ShopIds.Customer(customer),
            Offer = offer.Number,
            OfferId = ShopIds.Offer(offer.Number),
            Channel = channel,
            At = _shop.Clock.At(ms),
            Sent = sent,
            EventId = sent ? ShopIds.Event(customer, sequence) : null,
            Choices = _policy.Choices(),
            OfferPropensity = _policy.Probability(choice),
            ChannelPropensity = 1.0 / int.PopCount(traits.ConsentMask),
            SendPropensity = 1 - _shop.Options.HoldoutShare,
            Fatigue = fatigue,
            Odds = odds,
            RedeemedAt = redeemedAt is { } at ? _shop.Clock.At(at) : null,
            Clicked = clicked,
            Dismissed = dismissed,
            Unsubscribed = unsubscribed,
        });

        if (sent)
        {
            _state.NotePush(customer, ms);
        }

        return unsubscribed;
    }

    private long Redeem(ref SeededRandom random, int customer, in CustomerTraits traits, OfferPlan offer, int number, long ms)
    {
        _state.NoteRedemption(customer, offer.Number);
        long limit = Math.Min(Math.Min(offer.ValidTo, traits.ChurnsAt), ms + (7 * ShopClock.DayMs)) - 1_000;

        // Within the customer's hours of activity; where none is left before the limit, at once.
        long at = _shop.Clock.Next(ref random, traits.Profile, traits.Zone, 0.7, ms + (10 * MinuteMs));
        if (at >= limit)
        {
            at = ms + (10 * MinuteMs) + (long)(random.NextDouble() * 40 * MinuteMs);
        }

        int item = _shop.Offers.DrawItem(ref random, customer, offer);
        _events.Add(EventCode.Redeem, customer, item, offer.Number, number, 1, at);
        _events.Add(EventCode.Purchase, customer, item, -1, number, offer.Terms.Form == OfferForm.BuyAndGet ? offer.Terms.BuyQuantity : 1, at + 1);
        return at;
    }

    private static SimulatedChannel PickChannel(ref SeededRandom random, int mask)
    {
        int skip = random.NextInt32(int.PopCount(mask));
        for (; skip > 0; skip--)
        {
            mask &= mask - 1;
        }

        return (SimulatedChannel)int.TrailingZeroCount(mask);
    }
}
