/// The debtors of whom an account is npa, for policies that class borrowers and not accounts:
/// folded before a book, which then sees them in its house.
package struct Borrowers: Book {
  /// Nobody asks for it by name.
  package static let name = "borrowers"

  /// Ids of debtors.
  package private(set) var npa: Set<String> = []

  /// Nobody yet.
  package init() {}

  /// Takes the debtor of an account that is npa by itself.
  package mutating func take(_ account: borrowing AccountView) {
    guard account.terms.classification.borrowerWise, !account.debtor.isEmpty,
      account.reckoning.npaSince != nil
    else { return }
    npa.insert(account.debtor)
  }

  /// Joins debtors of other accounts.
  package mutating func merge(_ other: Borrowers) { npa.formUnion(other.npa) }

  /// They are no table.
  package func sheet(_ naming: Naming) -> Sheet { Sheet(title: "", columns: []) }
}
