// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target: Swift 6, explicit existentials and imports, `unsafe` as a
/// census, and no warning that anyone may get used to.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Arrears",
  products: [
    .executable(name: "arrears", targets: ["LedgerCommand"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // The C boundary: two files, nothing else.
    .systemLibrary(name: "CLMDB", path: "Sources/CLMDB", providers: [.apt(["liblmdb-dev"])]),
    // SHA-256 for the short inputs of a tree: two files as well.
    .systemLibrary(name: "CSHA256", path: "Sources/CSHA256"),
    // Spreadsheets: three libraries of Debian behind two files more.
    .systemLibrary(
      name: "CSpreadsheet", path: "Sources/CSpreadsheet",
      providers: [.apt(["libxlsxwriter-dev", "libzip-dev", "libexpat1-dev"])]),
    // Thin, safe, without a domain word.
    .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: settings),
    // A spreadsheet out and in, row by row, without a domain word as well.
    .target(name: "Spreadsheet", dependencies: ["CSpreadsheet"], swiftSettings: settings),
    // The core: no I/O, no clock, no async, no Foundation.
    .target(name: "Ledger", swiftSettings: settings),
    // The tree of RFC 6962, checkpoints and notes: bytes in, proofs out, without a domain word.
    .target(
      name: "Proof", dependencies: ["CSHA256", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),
    // The log and its readers: the only module that knows both the core and the store.
    .target(
      name: "Journaling",
      dependencies: [
        "Ledger", "LMDB", "Proof", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    // Persons' keys: sealing, opening, erasing.
    .target(
      name: "Sealing",
      dependencies: [
        "Ledger", "LMDB", "Journaling", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    // Files in and out: CSV through a mapping, NDJSON, export and restore.
    .target(
      name: "Interchange",
      dependencies: [
        "Ledger", "Journaling", "Sealing", "Spreadsheet", .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    // Rules over history: one rule a file, and the run that asks them.
    .target(name: "Rules", dependencies: ["Ledger", "Journaling"], swiftSettings: settings),
    // The command line: one verb a file.
    .executableTarget(
      name: "LedgerCommand",
      dependencies: [
        "Ledger", "Journaling", "Sealing", "Rules", "Interchange", "Proof", "Spreadsheet",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    // Test support is a product of its own: scenarios, text tables, temporary ledgers.
    .target(
      name: "LedgerTesting", dependencies: ["Ledger", "Journaling"], swiftSettings: settings),
    .testTarget(name: "LMDBTests", dependencies: ["LMDB"], swiftSettings: settings),
    .testTarget(
      name: "SpreadsheetTests", dependencies: ["Spreadsheet", "LedgerTesting"],
      swiftSettings: settings),
    .testTarget(
      name: "ProofTests",
      dependencies: ["Proof", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),
    .testTarget(
      name: "JournalingTests",
      dependencies: ["Journaling", "Ledger", "LMDB", "LedgerTesting", "Proof"],
      swiftSettings: settings),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "Interchange", "Journaling", "Ledger", "LedgerTesting", "Sealing",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "LedgerTests", dependencies: ["Ledger", "LedgerTesting"], exclude: ["Golden"],
      swiftSettings: settings),
    // Rules over small stories: packs, planted breaches, the axes of time.
    .testTarget(
      name: "RulesTests", dependencies: ["Rules", "Interchange", "Journaling", "Ledger"],
      swiftSettings: settings),
    // The style guide as a test: it reads the tree and builds nothing else.
    .testTarget(name: "TidyTests", swiftSettings: settings),
    // What a user sees: the debug binary beside the test bundle, run as a user runs it.
    .testTarget(name: "CommandTests", exclude: ["Transcripts"], swiftSettings: settings),
    // A seeded life of a portfolio, and a naive second model that predicts every book of it: plain
    // code that lives through everything again, optimised in debug too, for the tests wait for it.
    .target(
      name: "Simulation", dependencies: ["Ledger"], path: "tools/programs/simulation",
      swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .executableTarget(
      name: "simulate", dependencies: ["Ledger", "Simulation"], path: "tools/programs/simulate",
      swiftSettings: settings),
    // What `tools/bench` measures, and what `tools/vectors` compares.
    .executableTarget(
      name: "bench",
      dependencies: ["Ledger", "Journaling", "Rules", "Interchange", "Sealing", "Proof"],
      path: "tools/programs/bench", exclude: ["replay.c", "rebuild.py"], swiftSettings: settings),
    // What `tools/prove` runs: power cuts, faults, kills, flipped bits, fuzzing, random operations.
    .executableTarget(
      name: "prove",
      dependencies: [
        "Ledger", "LMDB", "Journaling", "Sealing", "Interchange", "LedgerTesting", "Proof",
        "Simulation",
      ],
      path: "tools/programs/prove", exclude: ["preload.c"], swiftSettings: settings),
    .executableTarget(
      name: "vectors",
      dependencies: ["Ledger", "Journaling", "Sealing", "Interchange", "Rules"],
      path: "tools/programs/vectors", swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "Ledger", "Journaling", "Rules", "Simulation",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
  ]
)
