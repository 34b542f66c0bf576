using CsvHelper;

namespace PromoRec.Cli.Writing;

/// <summary>CSV as every command writes it: UTF-8, commas, quotes where needed, LF.</summary>
internal static class TableWriter
{
    public static CsvWriter Create(Stream stream) => CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
}
