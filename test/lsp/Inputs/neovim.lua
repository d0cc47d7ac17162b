-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- nvim --headless -u NONE -S neovim.lua FILE: starts the server that AIRLOCK says for FILE, prints its diagnostics, applies
-- the first code action of the last one, saves, and prints what is found then.
local function wait_for(what)
  assert(vim.wait(60000, what, 10), "nothing comes")
end

local function say(text)
  io.stdout:write(text .. "\n")
end

local function print_diagnostics()
  local all = vim.diagnostic.get(0)
  say(#all .. " diagnostics")
  for _, d in ipairs(all) do
    say(string.format("%d:%d %s %s: %s", d.lnum + 1, d.col + 1, d.source, d.code, d.message))
  end
  return all
end

local function session()
  vim.bo.filetype = "c"
  local came = 0
  local show = vim.lsp.handlers["textDocument/publishDiagnostics"]
  vim.lsp.handlers["textDocument/publishDiagnostics"] = function(...)
    came = came + 1
    return show(...)
  end

  -- Neovim before 0.8 has no vim.lsp.start().
  local config = { name = "airlock", cmd = { vim.env.AIRLOCK, "lsp" }, root_dir = vim.fn.getcwd() }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end
  wait_for(function() return came == 1 end)
  local found = print_diagnostics()

  if #found > 0 then
    local at = found[#found]
    vim.api.nvim_win_set_cursor(0, { at.lnum + 1, at.col })
    local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", vim.tbl_extend("error",
      vim.lsp.util.make_range_params(), { context = { diagnostics = {} } }), 60000)
    for id, answer in pairs(answers) do
      local action = answer.result[1]
      say("applies: " .. action.title)
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
    end
    vim.cmd("write")
    wait_for(function() return came == 2 end)
    print_diagnostics()
  end
end

local good, problem = pcall(session)
if not good then
  say(problem)
end
vim.cmd(good and "quitall!" or "cquit")
