using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using PromoRec.Consent.Unsubscribing;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Consent.Unsubscribing;

public class UnsubscribeTokensTests
{
    private static readonly UnsubscribeKey First = new(1, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly UnsubscribeKey Second = new(200, [.. Enumerable.Range(0, 48).Select(i => (byte)(7 * i))]);
    private static readonly UnsubscribeTokens Tokens = new(First);

    [Fact]
    public void A_token_comes_back_as_what_it_was_made_of()
    {
        (UserId User, ChannelId Channel, string Topic)[] all =
        [
            (new UserId("jane@example.org"), ChannelId.Email, "offers/shoes"), (new UserId(42), ChannelId.Sms, ""), (new UserId(long.MinValue), default, "news"),
            (new UserId("客户 😀"), ChannelId.WeChat, "äpfel"), (new UserId(new string('x', 16_384)), ChannelId.Email, new string('t', 200)),
        ];
        foreach ((UserId user, ChannelId channel, string topic) in all)
        {
            Assert.True(Tokens.TryRead(Tokens.Create(user, channel, topic), out UnsubscribeTarget? target));
            Assert.Equal(new UnsubscribeTarget(user, channel, topic), target);
        }
    }

    [Fact]
    public void A_token_is_fit_for_a_link_and_shows_neither_customer_nor_topic()
    {
        string token = Tokens.Create("jane@example.org", ChannelId.Email, "offers/shoes");
        string bytes = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(token));

        Assert.All(token, character => Assert.True(char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
        Assert.InRange(token.Length, 100, 200);
        Assert.All(["jane", "example", "email", "offers"], word => Assert.DoesNotContain(word, bytes, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(token, Tokens.Create("jane@example.org", ChannelId.Email, "Offers/Shoes"));
        Assert.NotEqual(token[..60], Tokens.Create("jane@example.orh", ChannelId.Email, "offers/shoes")[..60]);
    }

    [Fact]
    public void No_changed_token_is_read()
    {
        byte[] token = Base64Url.DecodeFromChars(Tokens.Create(42, ChannelId.Email, "offers"));
        for (int bit = 0; bit < 8 * token.Length; bit++)
        {
            byte[] changed = [.. token];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Tokens.TryRead(Base64Url.EncodeToString(changed), out UnsubscribeTarget? target), $"bit {bit}");
            Assert.Null(target);
        }

        for (int length = 0; length < token.Length; length++)
        {
            Assert.False(Tokens.TryRead(Base64Url.EncodeToString(token.AsSpan(0, length)), out _), $"length {length}");
        }

        Assert.False(Tokens.TryRead(Base64Url.EncodeToString([.. token, 0]), out _));
    }

    [Fact]
    public void Anything_else_is_no_token_and_no_exception()
    {
        Assert.All([null, "", " ", "=", "abc", "äöü", "\uD800", new string('A', 200), new string('A', 100_000), new string('A', 200_000)], text => Assert.False(Tokens.TryRead(text, out _)));
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), bytes =>
            !Tokens.TryRead(Base64Url.EncodeToString([1, 1, .. bytes]), out _) && !Tokens.TryRead(Encoding.Latin1.GetString(bytes), out _)).Holds();
    }

    [Fact]
    public void Content_that_no_token_has_is_refused_even_if_it_were_signed()
    {
        byte[] whole = UnsubscribePayload.Write("jane", PromoRec.ChannelId.Email, "offers");
        Assert.True(UnsubscribePayload.TryRead(whole, out _));
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(UnsubscribePayload.TryRead(whole.AsSpan(0, length), out _)));
        Assert.False(UnsubscribePayload.TryRead([.. whole, 0], out _));
        Assert.False(UnsubscribePayload.TryRead([1, 0, (byte)' ', 0, 0, 0, 0], out _));
        Assert.False(UnsubscribePayload.TryRead([1, 0, 0xFF, 0, 0, 0, 0], out _));
        Assert.False(UnsubscribePayload.TryRead([1, 0, (byte)'a', 1, 0, (byte)'?', 0, 0], out _));
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), bytes => UnsubscribePayload.TryRead(bytes, out UnsubscribeTarget? target) == target is not null)
            .Holds();
    }

    [Fact]
    public void A_token_outlives_its_key_as_long_as_the_key_is_in_the_ring()
    {
        string old = Tokens.Create(42, ChannelId.Email);
        var rotated = new UnsubscribeTokens(Second, First);

        Assert.True(rotated.TryRead(old, out _));
        Assert.NotEqual(old, rotated.Create(42, ChannelId.Email));
        Assert.True(rotated.TryRead(rotated.Create(42, ChannelId.Email), out _));
        Assert.False(new UnsubscribeTokens(Second).TryRead(old, out _));
        Assert.False(new UnsubscribeTokens(new UnsubscribeKey(1, RandomNumberGenerator.GetBytes(32))).TryRead(old, out _));
    }

    [Fact]
    public void A_weak_secret_and_two_keys_of_one_id_are_refused()
    {
        Assert.Contains("32", Assert.Throws<ArgumentException>(() => new UnsubscribeKey(1, new byte[31])).Message, StringComparison.Ordinal);
        Assert.Contains("id 1", Assert.Throws<ArgumentException>(() => new UnsubscribeTokens(First, new UnsubscribeKey(1, new byte[32]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tokens.Create(default, ChannelId.Email));
    }

    [Fact]
    public void Any_number_of_threads_may_make_and_read_tokens() => Assert.All(
        ParallelEnumerable.Range(0, 2000).Select(i => Tokens.TryRead(Tokens.Create(i, ChannelId.Email, "offers"), out UnsubscribeTarget? target) && target.UserId == new UserId(i)),
        Assert.True);
}
