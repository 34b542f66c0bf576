using System.Globalization;
using System.Reflection;
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

        Assert.Contains(test.TrimEnd(), Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_names_every_ability() =>
        Assert.All(Enum.GetNames<StoreAbilities>().Concat(Enum.GetNames<ChannelAbilities>()).Where(name => name != "None"), name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));

    [Fact]
    public void The_guide_names_everything_that_says_how_much_is_done_with_what_it_is_unless_set()
    {
        ConformanceScale scale = new();
        Assert.All(
            typeof(ConformanceScale).GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.Contains($"| `{property.Name}` | {Shown(property.GetValue(scale)!)} |", Text, StringComparison.Ordinal));

        static string Shown(object value) =>
            value is TimeSpan time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} minutes") : string.Create(CultureInfo.InvariantCulture, $"{value:#,0}");
    }
}
