// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/EmbeddedSection.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclGroup.h"
#include "clang/AST/Expr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace airlock {

/// As file-scope asm: a variable with a section attribute would bring a symbol
/// and debug information with it.
void embedSection(CompilerInstance &CI, llvm::StringRef Name, llvm::StringRef Bytes) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out << ".pushsection " << Name << ",\"e\",%progbits\n";
  constexpr size_t OnALine = 4096;
  for (; !Bytes.empty(); Bytes = Bytes.drop_front(std::min(OnALine, Bytes.size()))) {
    Out << ".ascii \"";
    for (unsigned char C : Bytes.take_front(OnALine))
      Out << '\\' << char('0' + (C >> 6)) << char('0' + (C >> 3 & 7)) << char('0' + (C & 7));
    Out << "\"\n";
  }
  Out << ".popsection";

  ASTContext &Context = CI.getASTContext();
  QualType Type = Context.getStringLiteralArrayType(Context.CharTy, Text.size());
  auto *Literal = StringLiteral::Create(Context, Text, StringLiteralKind::Ordinary,
                                        /*Pascal=*/false, Type, SourceLocation());
  auto *Asm = FileScopeAsmDecl::Create(Context, Context.getTranslationUnitDecl(), Literal,
                                       SourceLocation(), SourceLocation());
  CI.getASTConsumer().HandleTopLevelDecl(DeclGroupRef(Asm));
}

} // namespace airlock
