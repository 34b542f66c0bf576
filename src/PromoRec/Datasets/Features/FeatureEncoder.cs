using System.Globalization;

namespace PromoRec.Datasets.Features;

/// <summary>Turns values into columns. Entries come by column; equal columns, which two hashed texts may share, are not merged.</summary>
internal static class FeatureEncoder
{
    /// <summary>The text of the shared column of all texts that are not declared.</summary>
    private const string OtherCategory = "(other)";

    public static void Encode(FeatureValues values, List<FeatureEntry> entries, bool withNames)
    {
        entries.Clear();
        FeatureSchema schema = values.Schema;
        for (int position = 0; position < schema.Fields.Count; position++)
        {
            FeatureField field = schema.Fields[position];
            switch (field.Kind)
            {
                case FeatureKind.Number:
                    AddNumber(field, values.NumberAt(position), entries, withNames);
                    break;
                case FeatureKind.Buckets when !double.IsNaN(values.NumberAt(position)):
                    int bucket = field.BucketOf(values.NumberAt(position));
                    entries.Add(new FeatureEntry(field.FirstColumn + bucket, 1, withNames ? NameOf(field, bucket) : null));
                    break;
                case FeatureKind.Categories:
                    foreach (string text in values.TextsAt(position))
                    {
                        int category = field.CategoryOf(text);
                        entries.Add(new FeatureEntry(field.FirstColumn + category, 1, withNames ? NameOf(field, category) : null));
                    }

                    break;
                case FeatureKind.Hashed:
                    foreach (string text in values.TextsAt(position))
                    {
                        entries.Add(Hashed(schema, FeatureHash.Append(NameHash(field), text), withNames ? $"{field.Name}={text}" : null));
                    }

                    break;
                case FeatureKind.Cross:
                    AddCross(values, field, member: 0, FeatureHash.Append(FeatureHash.Start, field.Name), entries, withNames ? string.Empty : null);
                    break;
            }
        }

        // Fields come in the order of their columns, so that only hashes can be out of order.
        if (Ascend(entries))
        {
            return;
        }

        // By name after the column, so that the order does not rest on how the sort treats equal columns.
        entries.Sort((left, right) => left.Column != right.Column ? left.Column.CompareTo(right.Column) : string.CompareOrdinal(left.Name, right.Name));
    }

    /// <summary>The name of a column that belongs to one field.</summary>
    /// <param name="field">The field: no hashed one, and no cross.</param>
    /// <param name="ownColumn">Which of its columns, from 0.</param>
    public static string NameOf(FeatureField field, int ownColumn) => field.Kind switch
    {
        FeatureKind.Number => field.Name,
        FeatureKind.Buckets => $"{field.Name}={RangeText(field, ownColumn)}",
        _ => $"{field.Name}={(ownColumn < field.Categories.Count ? field.Categories[ownColumn] : OtherCategory)}",
    };

    private static bool Ascend(List<FeatureEntry> entries)
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i].Column <= entries[i - 1].Column)
            {
                return false;
            }
        }

        return true;
    }

    private static void AddNumber(FeatureField field, double number, List<FeatureEntry> entries, bool withNames)
    {
        if (double.IsNaN(number))
        {
            return;
        }

        float scaled = (float)((number - field.Center) / field.Scale);
        if (scaled != 0)
        {
            entries.Add(new FeatureEntry(field.FirstColumn, scaled, withNames ? field.Name : null));
        }
    }

    private static void AddCross(FeatureValues values, FeatureField cross, int member, ulong hash, List<FeatureEntry> entries, string? name)
    {
        if (member == cross.MemberPositions.Length)
        {
            entries.Add(Hashed(values.Schema, hash, name));
            return;
        }

        int position = cross.MemberPositions[member];
        FeatureField field = values.Schema.Fields[position];
        if (field.Kind == FeatureKind.Buckets)
        {
            double number = values.NumberAt(position);
            if (!double.IsNaN(number))
            {
                int bucket = field.BucketOf(number);
                Next(bucket.ToString(CultureInfo.InvariantCulture), name is null ? null : RangeText(field, bucket));
            }

            return;
        }

        foreach (string text in values.TextsAt(position))
        {
            Next(text, text);
        }

        void Next(string token, string? shown) => AddCross(
            values,
            cross,
            member + 1,
            FeatureHash.Append(FeatureHash.Append(hash, FeatureHash.Separator), token),
            entries,
            name is null ? null : $"{name}{(member == 0 ? string.Empty : " x ")}{field.Name}={shown}");
    }

    private static ulong NameHash(FeatureField field) => FeatureHash.Append(FeatureHash.Append(FeatureHash.Start, field.Name), FeatureHash.Separator);

    private static FeatureEntry Hashed(FeatureSchema schema, ulong hash, string? name) => new(schema.OwnColumns + FeatureHash.Slot(hash, schema.HashBits), 1, name);

    private static string RangeText(FeatureField field, int bucket) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{(bucket == 0 ? "-∞" : Text(field.Boundaries[bucket - 1]))}, {(bucket == field.Boundaries.Count ? "∞" : Text(field.Boundaries[bucket]))})");

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
