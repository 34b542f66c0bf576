using System.Globalization;
using PromoRec.Datasets.Features;

namespace PromoRec.Tests.Datasets.Features;

public class FeatureSchemaTests
{
    [Fact]
    public void The_hash_is_the_published_one()
    {
        // RFC 9923, appendix: 64-bit FNV-1a.
        Assert.Equal(0xCBF29CE484222325, FeatureHash.Append(FeatureHash.Start, ""));
        Assert.Equal(0xAF63DC4C8601EC8C, FeatureHash.Append(FeatureHash.Start, "a"));
        Assert.Equal(0x85944171F73967E8, FeatureHash.Append(FeatureHash.Start, "foobar"));
    }

    [Fact]
    public void Columns_are_the_same_in_every_process()
    {
        // Computed once by a program in another language: a change here makes every saved model wrong.
        FeatureValues values = new FeatureValues(Shop()).Set("brand", "acme", "宝洁").Set("device", "ios").Set("hour", 21);

        Assert.Equal(
            ["4:device=ios", "9:hour=[18, ∞)", "16:device=ios x hour=[18, ∞)", "42:brand=acme", "52:brand=宝洁"],
            Encode(values, withNames: true).Where(entry => entry.Name != "price").Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Column}:{entry.Name}")));
    }

    [Fact]
    public void Every_kind_of_field_writes_to_its_own_columns()
    {
        FeatureSchema schema = Shop();
        FeatureValues values = new(schema);

        Assert.Equal(10 + 64, schema.ColumnCount);
        Assert.Empty(Encode(values));
        Assert.Equal([(0, 2f)], Columns(values.Set("price", 30)));
        values.Clear();
        Assert.Equal([(0, -1f)], Columns(values.Set("price", 0)));
        values.Clear();
        foreach ((double age, int column) in new[] { (-1e300, 1), (17.999, 1), (18, 2), (64.9, 2), (65, 3), (1e300, 3) })
        {
            Assert.Equal([(column, 1f)], Columns(values.Set("age", age)));
        }

        values.Clear();
        foreach ((string device, int column) in new[] { ("ios", 4), ("android", 5), ("IOS", 6), ("", 6) })
        {
            Assert.Equal([(column, 1f)], Columns(values.Set("device", device)));
        }

        values.Clear();
        Assert.InRange(Assert.Single(Columns(values.Set("brand", "x"))).Item1, 10, 73);
        Assert.Equal(2, Encode(values.Set("brand", "x", "y", "x")).Count);
        Assert.Empty(Encode(values.Set("brand")));
    }

    [Fact]
    public void A_cross_has_a_column_for_every_combination_and_none_where_a_member_is_missing()
    {
        FeatureSchema schema = new FeatureSchemaBuilder { HashBits = 20 }.AddHashed("a").AddHashed("b").AddBuckets("n", 0).AddCross("abn", "a", "b", "n").Build();
        FeatureValues values = new FeatureValues(schema).Set("a", "1", "2").Set("b", "x", "y", "z");
        Assert.Equal(5, Encode(values).Count);

        List<FeatureEntry> entries = Encode(values.Set("n", 5), withNames: true);

        Assert.Equal(2 + 3 + 1 + 6, entries.Select(entry => entry.Column).Distinct().Count());
        Assert.Contains(entries, entry => entry.Name == "a=2 x b=y x n=[0, ∞)");

        // The separator keeps what runs together apart.
        FeatureValues one = new FeatureValues(schema).Set("a", "1").Set("b", "23").Set("n", 1), other = new FeatureValues(schema).Set("a", "12").Set("b", "3").Set("n", 1);
        Assert.NotEqual(Cross(one), Cross(other));

        static int Cross(FeatureValues values) => Encode(values, withNames: true).Single(entry => entry.Name!.Contains(" x ", StringComparison.Ordinal)).Column;
    }

    [Fact]
    public void Hashed_columns_are_used_evenly()
    {
        FeatureSchema schema = new FeatureSchemaBuilder { HashBits = 8 }.AddHashed("id").Build();
        FeatureValues values = new(schema);
        var counts = new int[256];
        for (int i = 0; i < 25_600; i++)
        {
            counts[Encode(values.Set("id", i.ToString(CultureInfo.InvariantCulture)))[0].Column]++;
        }

        // Chi-squared with 255 degrees of freedom: mean 255, standard deviation 22.6.
        Assert.InRange(counts.Sum(count => (count - 100.0) * (count - 100) / 100), 170, 350);
    }

    [Fact]
    public void Wrong_declarations_are_refused()
    {
        FeatureSchemaBuilder builder = new FeatureSchemaBuilder().AddNumber("n").AddHashed("h").AddCategories("c", "x");
        Assert.Throws<ArgumentException>(() => builder.AddHashed("n"));
        Assert.Throws<ArgumentException>(() => builder.AddHashed(""));
        Assert.Throws<ArgumentException>(() => builder.AddHashed("a\tb"));
        Assert.Throws<ArgumentNullException>(() => builder.AddHashed(null!));
        Assert.Throws<ArgumentException>(() => builder.AddNumber("s", scale: 0));
        Assert.Throws<ArgumentException>(() => builder.AddNumber("s", center: double.NaN));
        Assert.Throws<ArgumentException>(() => builder.AddBuckets("b"));
        Assert.Throws<ArgumentException>(() => builder.AddBuckets("b", 1, 1));
        Assert.Throws<ArgumentException>(() => builder.AddBuckets("b", double.NaN));
        Assert.Throws<ArgumentException>(() => builder.AddCategories("d"));
        Assert.Throws<ArgumentException>(() => builder.AddCategories("d", "x", "x"));
        Assert.Throws<ArgumentException>(() => builder.AddCross("x", "h"));
        Assert.Throws<ArgumentException>(() => builder.AddCross("x", "h", "h"));
        Assert.Throws<ArgumentException>(() => builder.AddCross("x", "h", "n"));
        Assert.Throws<ArgumentException>(() => builder.AddCross("x", "h", "nobody"));
        Assert.Throws<ArgumentException>(() => new FeatureSchemaBuilder().Build());
        Assert.Throws<ArgumentException>(() => new FeatureSchemaBuilder { HashBits = 29 }.AddHashed("h").Build());
        Assert.Equal(3, builder.Build().Fields.Count);
    }

    [Fact]
    public void Unknown_names_wrong_kinds_and_numbers_that_are_none_are_refused()
    {
        FeatureValues values = new(Shop());

        Assert.Contains("'price', 'age'", Assert.Throws<ArgumentException>(() => values.Set("prise", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => values.Set("price", "cheap"));
        Assert.Throws<ArgumentException>(() => values.Set("brand", 3));
        Assert.Throws<ArgumentException>(() => values.Set("device x hour", "ios"));
        Assert.Throws<ArgumentNullException>(() => values.Set("brand", (string)null!));
        foreach (double wrong in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300 })
        {
            Assert.Throws<ArgumentException>(() => values.Set("price", wrong));
        }

        Assert.Throws<ArgumentException>(() => values.Set("age", double.NaN));
        Assert.Empty(Encode(values));
    }

    [Fact]
    public void A_schema_reads_back_from_its_text_and_no_other_text_is_one()
    {
        FeatureSchema schema = Shop();
        Assert.Equal(schema.Fingerprint, FeatureSchemaText.Read(schema.Text).Fingerprint);
        Assert.Empty(schema.DifferencesFrom(FeatureSchemaText.Read(schema.Text)));
        foreach (string wrong in new[] { "", "x", schema.Text + "\n", schema.Text.Replace("\t10\t", "\t10.0\t", StringComparison.Ordinal), schema.Text.Replace("hashed", "hash", StringComparison.Ordinal), schema.Text.Replace("\t6\n", "\t0\n", StringComparison.Ordinal), schema.Text + "\nnumber\tprice\t0\t1" })
        {
            Assert.NotEqual(schema.Text, wrong);
            Assert.Throws<FormatException>(() => FeatureSchemaText.Read(wrong));
        }
    }

    [Fact]
    public void Differences_are_named()
    {
        FeatureSchema schema = Shop();
        FeatureSchema other = new FeatureSchemaBuilder { HashBits = 7 }.AddNumber("price", 10, 11).AddHashed("brand").AddHashed("new").Build();

        IReadOnlyList<string> differences = schema.DifferencesFrom(other);

        Assert.Contains("'price' is declared otherwise: a number with center 10 and scale 10 in this schema, a number with center 10 and scale 11 in the other", differences);
        Assert.Contains("'age' is only in this schema", differences);
        Assert.Contains("'new' is only in the other", differences);
        Assert.Contains("HashBits is 6 in this schema, 7 in the other", differences);
        PromoRecException refused = Assert.Throws<PromoRecException>(() => schema.ThrowUnlessSame(other, "the model", "the host"));
        Assert.Contains("The feature schema of the model is not that of the host", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'age' is only in the model", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'new' is only in the host", refused.Message, StringComparison.Ordinal);
        Assert.Contains("HashBits is 6 in the model, 7 in the host", refused.Message, StringComparison.Ordinal);
        FeatureSchema ab = new FeatureSchemaBuilder().AddNumber("a").AddNumber("b").Build(), ba = new FeatureSchemaBuilder().AddNumber("b").AddNumber("a").Build();
        Assert.Equal(["the order of the fields differs: field 1 is 'a' in this schema, 'b' in the other"], ab.DifferencesFrom(ba));
        FeatureSchema few = new FeatureSchemaBuilder().AddCategories("a", "x").AddBuckets("b", 1, 2.5).Build(), many = new FeatureSchemaBuilder().AddCategories("a", "x", "y").AddBuckets("b", [.. Enumerable.Range(0, 99)]).Build();
        IReadOnlyList<string> differing = few.DifferencesFrom(many);
        Assert.Equal("'a' is declared otherwise: categories 'x' in this schema, categories 'x', 'y' in the other", differing[0]);
        Assert.StartsWith("'b' is declared otherwise: buckets at 1, 2.5 in this schema, buckets at 0, 1, 2,", differing[1], StringComparison.Ordinal);
        Assert.InRange(differing[1].Length, 100, 200);
    }

    [Fact]
    public void Example_sets_check_what_they_are_given_and_know_equal_content()
    {
        FeatureSchema schema = Shop();
        FeatureValues values = new FeatureValues(schema).Set("price", 20).Set("brand", "acme");
        ExampleSetBuilder builder = new(schema);
        foreach (double weight in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(() => builder.Add(values, true, weight));
        }

        Assert.Throws<ArgumentException>(() => builder.Add(values, double.NaN));
        Assert.Throws<ArgumentException>(() => builder.Add([1, 1], [1, 1], 0));
        Assert.Throws<ArgumentException>(() => builder.Add([-1], [1], 0));
        Assert.Throws<ArgumentException>(() => builder.Add([schema.ColumnCount], [1], 0));
        Assert.Throws<ArgumentException>(() => builder.Add([1], [float.NaN], 0));
        Assert.Throws<ArgumentException>(() => builder.Add([1], [], 0));
        PromoRecException drift = Assert.Throws<PromoRecException>(() => builder.Add(new FeatureValues(LinearSchema()), true));
        Assert.Equal(PromoRecErrorCode.SchemaMismatch, drift.Code);
        Assert.Equal(0, builder.Count);

        builder.Add(values, true);
        ExampleSet one = builder.Build();
        builder.Add(values, false, 0.5);
        ExampleSet two = builder.Build();
        Assert.Equal((1, 2), (one.Count, two.Count));
        Assert.NotEqual(one.Fingerprint, two.Fingerprint);
        ExampleSetBuilder again = new(Shop());
        again.Add(new FeatureValues(Shop()).Set("brand", "acme").Set("price", 20), true);
        Assert.Equal(one.Fingerprint, again.Build().Fingerprint);

        static FeatureSchema LinearSchema() => new FeatureSchemaBuilder().AddNumber("other").Build();
    }

    [Fact]
    public void Texts_that_share_a_column_are_added_up()
    {
        FeatureSchema schema = new FeatureSchemaBuilder { HashBits = 1 }.AddHashed("h").Build();
        ExampleSetBuilder builder = new(schema);
        builder.Add(new FeatureValues(schema).Set("h", "a", "b", "c", "d", "e"), true);

        ExampleSet examples = builder.Build();

        Assert.InRange(examples.Features.Count, 1, 2);
        Assert.Equal(5, examples.Features.AllValues.ToArray().Sum());
    }

    /// <summary>Ten columns of their own and 64 hashed ones.</summary>
    internal static FeatureSchema Shop() => new FeatureSchemaBuilder { HashBits = 6 }
        .AddNumber("price", center: 10, scale: 10)
        .AddBuckets("age", 18, 65)
        .AddCategories("device", "ios", "android")
        .AddBuckets("hour", 9, 18)
        .AddHashed("brand")
        .AddCross("device x hour", "device", "hour")
        .Build();

    private static List<FeatureEntry> Encode(FeatureValues values, bool withNames = false)
    {
        List<FeatureEntry> entries = [];
        FeatureEncoder.Encode(values, entries, withNames);
        return entries;
    }

    private static (int, float)[] Columns(FeatureValues values) => [.. Encode(values).Select(entry => (entry.Column, entry.Value))];
}
