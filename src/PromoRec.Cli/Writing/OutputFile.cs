using System.IO.Compression;

namespace PromoRec.Cli.Writing;

/// <summary>A file that appears under its name when it is whole, and not at all otherwise.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _done;

    private OutputFile(string path)
    {
        _path = path;
        _temporary = TemporaryNameFor(path);
        Stream file = Guard(path, () => new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 128 * 1024));
        Stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    /// <summary>Takes the content; packed on the way if the name ends in .gz.</summary>
    public Stream Stream { get; }

    public static OutputFile Create(string path)
    {
        RefuseUnlessWritable(path);
        return new OutputFile(path);
    }

    /// <summary>Fails now instead of after an hour of training.</summary>
    /// <exception cref="OutputException">A file could not be written there.</exception>
    public static void RefuseUnlessWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new OutputException(path, "this is a folder. Name a file to write.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new OutputException(path, File.Exists(folder)
                ? $"'{folder}' is a file, not a folder. Choose another place."
                : $"there is no folder '{folder}'. Create it, or choose another place.");
        }

        string probe = TemporaryNameFor(path);
        try
        {
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw new OutputException(path, $"no file can be made in '{folder}'{Reason(fault)}. Check who may write there, or choose another place.", fault);
        }
    }

    /// <summary>Creates a folder for several files.</summary>
    /// <exception cref="OutputException">It cannot be made or written to.</exception>
    public static void CreateFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new OutputException(path, "this is a file, but a folder was expected. Choose another place.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw new OutputException(path, $"the folder cannot be made{Reason(fault)}. Check who may write there, or choose another place.", fault);
        }

        RefuseUnlessWritable(Path.Combine(path, "probe"));
    }

    /// <summary>Runs something that writes, with failures of the disk as an <see cref="OutputException"/>.</summary>
    public static T Guard<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw new OutputException(path, $"cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="OutputException">The disk is full, for instance.</exception>
    public void Commit() => Guard(_path, () =>
    {
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        return _done = true;
    });

    public void Dispose()
    {
        if (_done)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full or gone; the fault that ended the writing is the one to tell.
        }

        File.Delete(_temporary);
    }

    private static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>The system's own words, except where they speak of a temporary name that nobody has typed.</summary>
    private static string Reason(Exception fault) =>
        fault is UnauthorizedAccessException ? ": access is denied" : fault is FileNotFoundException or DirectoryNotFoundException ? string.Empty : $": {fault.Message.TrimEnd('.')}";

    private static string TemporaryNameFor(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        return Path.Combine(folder, $".promorec-{Path.GetRandomFileName()}.tmp");
    }
}
