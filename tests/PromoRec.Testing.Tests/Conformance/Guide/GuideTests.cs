using PromoRec.Testing.Conformance;
using PromoRec.Tests;

namespace PromoRec.Testing.Tests.Conformance.Guide;

public class GuideTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs/guide/testing-a-store.md"));

    [Fact]
    public void The_guide_shows_a_test_that_is_run_here()
    {
        string test = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "tests/PromoRec.Testing.Tests/Conformance/Guide/ShopLedgerTests.cs"));

        Assert.Contains(test[test.IndexOf("public class ShopLedgerTests", StringComparison.Ordinal)..].TrimEnd(), Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_names_every_ability() =>
        Assert.All(Enum.GetNames<StoreAbilities>().Concat(Enum.GetNames<ChannelAbilities>()).Where(name => name != "None"), name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));
}
