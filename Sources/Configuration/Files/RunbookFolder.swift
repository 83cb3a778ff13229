public import Dashboard
public import Domain
internal import Glibc

/// The folder with the operator's run-books.
public struct RunbookFolder: Sendable {
    private let path: String
    private let shown: String

    /// Takes a folder; it need not be there.
    public init(_ directories: Directories) {
        path = directories.configuration + "/runbooks"
        shown = directories.shown(path)
    }

    /// The texts that are there now.
    public var runbooks: Runbooks {
        Runbooks(
            folder: shown,
            Runbooks.Subject.allCases.flatMap { subject in
                Self.names(in: "\(path)/\(subject.rawValue)").map { Runbooks.Book(subject, $0) }
            })
    }

    private static func names(in directory: String) -> [String] {
        guard let handle = opendir(directory) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".md"), !name.hasPrefix(".") { names.append(String(name.dropLast(3))) }
        }
        return names.sorted()
    }

    /// What a text says now; or why it can't be read.
    public func read(_ book: Runbooks.Book) -> Result<CapturedText, BackendError> {
        do throws(OperatorFile.Unreadable) {
            var text = CapturedText()
            text.take(try OperatorFile("\(path)/\(book.file)").bytes)
            return .success(text)
        } catch {
            return .failure(BackendError(.missing, "\(shown)/\(book.file) \(error.words)"))
        }
    }
}
