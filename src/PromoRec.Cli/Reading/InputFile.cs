using System.IO.Compression;

namespace PromoRec.Cli.Reading;

/// <summary>Opens a file that a person named: gzip or plain, whatever its name says, and finds out its format.</summary>
internal static class InputFile
{
    /// <summary>Opens a file of rows.</summary>
    /// <exception cref="InputException">The file is absent, empty, or not text.</exception>
    public static RowSource OpenRows(string path, ColumnSet columns, ColumnMapping mapping)
    {
        CheckedTextStream text = OpenText(path);
        try
        {
            if (text.Peek().TrimStart(" \t\r\n"u8).IsEmpty)
            {
                throw InputException.File(path, $"the file is empty. Expected {columns.Expected}.");
            }

            return FormatOf(path, text.Peek()) switch
            {
                InputFormat.JsonLines => new JsonRows(path, text, columns, mapping),
                InputFormat.Tsv => new DelimitedRows(path, text, '\t', columns, mapping),
                _ => new DelimitedRows(path, text, ',', columns, mapping),
            };
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file as checked UTF-8 text.</summary>
    public static CheckedTextStream OpenText(string path)
    {
        Stream file = OpenBytes(path);
        try
        {
            var buffered = new HeadStream(file, path);
            ReadOnlySpan<byte> head = buffered.Head;
            if (head.StartsWith("PK\u0003\u0004"u8))
            {
                throw InputException.File(path, "this is a zip archive or a spreadsheet. Extract it, or save the sheet as CSV.");
            }

            bool isGzip = head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B;
            return new CheckedTextStream(path, isGzip ? new GZipStream(buffered, CompressionMode.Decompress) : buffered);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw InputException.File(path, "this is a folder, but a file was expected.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw InputException.File(path, "there is no such file. Check the path.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw InputException.File(path, $"the file cannot be opened: {fault.Message}", inner: fault);
        }
    }

    private static InputFormat FormatOf(string path, ReadOnlySpan<byte> head)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        switch (Path.GetExtension(name).ToUpperInvariant())
        {
            case ".CSV":
                return InputFormat.Csv;
            case ".TSV" or ".TAB":
                return InputFormat.Tsv;
            case ".JSONL" or ".NDJSON":
                return InputFormat.JsonLines;
        }

        ReadOnlySpan<byte> text = head.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("{"u8))
        {
            return InputFormat.JsonLines;
        }

        int end = text.IndexOf((byte)'\n');
        return (end < 0 ? text : text[..end]).Contains((byte)'\t') ? InputFormat.Tsv : InputFormat.Csv;
    }
}
